extension Migration {
    /// The triggers of all flows that run, and the dates for which schedules have fired.
    ///
    /// `due` is when the scheduler has to look at a trigger again: NULL for one that is switched off, waits for its
    /// execution, or never fires by itself; so that what is due is found by its index, however many triggers there
    /// are. The primary key of `ticks` is what keeps a date from firing twice; `series` is empty for the schedule
    /// itself, and names the backfill otherwise, which may run a date again.
    static let triggers = Migration(
        8, "triggers",
        """
        CREATE TABLE triggers(
            namespace TEXT NOT NULL, flow_id TEXT NOT NULL, trigger_id TEXT NOT NULL, kind TEXT NOT NULL,
            type TEXT NOT NULL, fingerprint TEXT NOT NULL, missed TEXT, disabled INTEGER NOT NULL,
            off INTEGER NOT NULL, due INTEGER, next INTEGER, last INTEGER, execution_id TEXT, evaluating INTEGER,
            backfill TEXT, worker_id TEXT, updated INTEGER NOT NULL,
            PRIMARY KEY(namespace, flow_id, trigger_id)) WITHOUT ROWID;
        CREATE INDEX triggers_due ON triggers(due) WHERE due IS NOT NULL;
        CREATE INDEX triggers_execution ON triggers(execution_id) WHERE execution_id IS NOT NULL;

        CREATE TABLE ticks(
            namespace TEXT NOT NULL, flow_id TEXT NOT NULL, trigger_id TEXT NOT NULL, series TEXT NOT NULL,
            date INTEGER NOT NULL, execution_id TEXT NOT NULL,
            PRIMARY KEY(namespace, flow_id, trigger_id, series, date)) WITHOUT ROWID;
        CREATE INDEX ticks_execution ON ticks(execution_id);
        """)
}
