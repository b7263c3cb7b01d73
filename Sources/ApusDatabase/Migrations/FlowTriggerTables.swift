extension Migration {
    /// What flow triggers listen to, what they still have to look at, and what they have seen.
    ///
    /// `source` is `namespace/flow`, each part empty for any: those that may listen to a flow are found by four
    /// texts. An event is written in the transaction in which an execution changes its state, one for each trigger
    /// that listens, and removed in the one that draws its consequences: so each is looked at exactly once.
    static let flowTriggers = Migration(
        9, "flow triggers",
        """
        CREATE TABLE flow_trigger_sources(
            source TEXT NOT NULL, namespace TEXT NOT NULL, flow_id TEXT NOT NULL, trigger_id TEXT NOT NULL,
            states TEXT NOT NULL, PRIMARY KEY(source, namespace, flow_id, trigger_id)) WITHOUT ROWID;
        CREATE INDEX flow_trigger_sources_trigger ON flow_trigger_sources(namespace, flow_id, trigger_id);

        CREATE TABLE flow_trigger_events(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL, flow_id TEXT NOT NULL,
            trigger_id TEXT NOT NULL, execution_id TEXT NOT NULL, state TEXT NOT NULL, date INTEGER NOT NULL);
        CREATE INDEX flow_trigger_events_trigger ON flow_trigger_events(namespace, flow_id, trigger_id);

        CREATE TABLE flow_trigger_evidence(
            namespace TEXT NOT NULL, flow_id TEXT NOT NULL, trigger_id TEXT NOT NULL, requirement TEXT NOT NULL,
            execution_id TEXT NOT NULL, source_namespace TEXT NOT NULL, source_flow_id TEXT NOT NULL,
            date INTEGER NOT NULL, outputs TEXT,
            PRIMARY KEY(namespace, flow_id, trigger_id, requirement)) WITHOUT ROWID;
        """)
}
