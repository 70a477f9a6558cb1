"""What leaves the inbox as a file: any filter of the list as CSV or XLSX, each time logged."""
