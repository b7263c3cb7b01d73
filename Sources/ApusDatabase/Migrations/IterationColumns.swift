extension Migration {
    /// What finds iterations of loops, and what runs in them, without reading other task runs.
    ///
    /// `scope` is that of the task run. An iteration's own row also has its loop in `iteration_of`, and its state.
    static let iterations = Migration(
        7, "iterations of loops",
        """
        ALTER TABLE task_runs ADD COLUMN scope TEXT;
        ALTER TABLE task_runs ADD COLUMN iteration_of TEXT;
        ALTER TABLE task_runs ADD COLUMN iteration_state TEXT;
        UPDATE task_runs SET scope = json_extract(body, '$.scope') WHERE instr(body, '"scope":"') > 0;
        UPDATE task_runs SET iteration_of = coalesce(json_extract(body, '$.parent'), ''),
            iteration_state = coalesce(json_extract(body, '$.state[#-2]'), '')
            WHERE scope IS NOT NULL AND scope = json_extract(body, '$.id');
        DROP INDEX task_runs_order;
        CREATE INDEX task_runs_order ON task_runs(execution_id, scope, seq);
        CREATE INDEX task_runs_iterations ON task_runs(execution_id, iteration_of, seq, iteration_state)
            WHERE iteration_of IS NOT NULL;
        """)
}
