"""What only KuFlow promises, one file a domain."""
