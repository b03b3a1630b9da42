"""The metrics of compliance: what an inspector would find, and the cases behind each figure."""
