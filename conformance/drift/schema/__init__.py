"""Where two schemas differ, place by place, and what each difference does."""
