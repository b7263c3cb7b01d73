extension Migration {
    /// Who runs and who waits, of the flows that limit how many of their executions run at once.
    ///
    /// `slots` has one row for each execution that holds a slot or waits for one: what is counted are rows, so no
    /// counter can disagree with them. `state` is that of `Slots.Standing`; `seq` is the order of waiting.
    static let slots = Migration(
        5, "concurrency of flows",
        """
        CREATE TABLE concurrency_limits(
            namespace TEXT NOT NULL, flow_id TEXT NOT NULL, max INTEGER NOT NULL, behavior TEXT NOT NULL,
            PRIMARY KEY(namespace, flow_id)) WITHOUT ROWID;

        CREATE TABLE slots(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, execution_id TEXT NOT NULL UNIQUE,
            namespace TEXT NOT NULL, flow_id TEXT NOT NULL, state INTEGER NOT NULL);
        CREATE INDEX slots_flow ON slots(namespace, flow_id, state, seq);
        """)
}
