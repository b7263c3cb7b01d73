import ApusModel
