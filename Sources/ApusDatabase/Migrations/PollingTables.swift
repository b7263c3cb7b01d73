extension Migration {
    /// What polling triggers remember from one evaluation to the next, apart from their rows: it may be long, and
    /// the scheduler has no use for it. Realtime triggers and evaluations under way are found by indices.
    static let polling = Migration(
        10, "polling and realtime triggers",
        """
        CREATE TABLE trigger_states(
            namespace TEXT NOT NULL, flow_id TEXT NOT NULL, trigger_id TEXT NOT NULL, state TEXT NOT NULL,
            PRIMARY KEY(namespace, flow_id, trigger_id)) WITHOUT ROWID;
        CREATE INDEX triggers_realtime ON triggers(kind) WHERE kind = 'realtime';
        CREATE INDEX triggers_evaluating ON triggers(evaluating) WHERE evaluating IS NOT NULL;
        """)
}
