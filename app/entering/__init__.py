"""On somebody's behalf: staff enter what people told them, one by one or as a sheet."""
