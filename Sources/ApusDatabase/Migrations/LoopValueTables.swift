extension Migration {
    /// The values of loops that have many: written once, while the row of the loop is written again and again.
    static let loopValues = Migration(
        11, "values of loops",
        """
        CREATE TABLE loop_values(
            execution_id TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY(execution_id, seq));
        """)
}
