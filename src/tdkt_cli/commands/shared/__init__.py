"""What commands of several groups use: the session, options, selection of deadlines, transactions, prompts."""
