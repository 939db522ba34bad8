"""The lint: whatever ``semantics.yaml`` names exists in the contract, and every operation has its say."""
