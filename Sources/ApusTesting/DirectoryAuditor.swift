import ApusModel

/// Checks what a `WorkingDirectory` promises: its tasks share one directory, of one life of the process, that is held
/// as long as they run and no longer.
struct DirectoryAuditor {
    /// The ids of tasks that run in a directory.
    let members: Set<String>

    /// - Parameters:
    ///   - held: The task runs whose directories are in use.
    ///   - jobs: The task runs that a worker works for.
    func check(_ runs: [TaskRun], held: [TaskRun.ID], jobs: [TaskRun.ID], _ world: World) throws(Violation) {
        let byID = Dictionary(runs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for id in held {
            guard let run = byID[id] else {
                throw Violation(invariant: "D1", message: "the directory of a forgotten task run is held")
            }
            guard run.state.current == .running else {
                throw Violation(
                    invariant: "D1",
                    message: "the directory of \(run.taskID) is held, which is \(run.state.current.rawValue)")
            }
        }
        var lives: [TaskRun.ID: Int] = [:]
        for run in runs where members.contains(run.taskID) {
            guard let start = world.start(of: run.id) else { continue }
            guard let directory = start.directory else {
                throw Violation(invariant: "D2", message: "\(run.taskID) was started without its directory")
            }
            // What was told to stop, or left behind, ends in a directory its worker keeps.
            let isLeft = run.state.current.isTerminal || byID[directory]?.state.current.isTerminal == true
            if jobs.contains(run.id), !held.contains(directory), !isLeft {
                throw Violation(invariant: "D2", message: "\(run.taskID) works in a directory nobody holds")
            }
            if let life = lives[directory], life != start.life, !isChanged(directory, runs) {
                throw Violation(
                    invariant: "D3",
                    message: "\(run.taskID) began in life \(start.life), in the directory of life \(life)")
            }
            lives[directory] = start.life
        }
        for (directory, life) in lives where !isChanged(directory, runs) {
            guard let start = world.start(of: directory), start.life != life, let run = byID[directory],
                start.attempt > (run.attempts.count - 1) * 2
            else { continue }
            throw Violation(
                invariant: "D3", message: "files were put into a directory of another life")
        }
    }

    /// Whether a person gave a task in a directory another state: what follows finds a directory without its files.
    private func isChanged(_ directory: TaskRun.ID, _ runs: [TaskRun]) -> Bool {
        runs.contains { run in
            let states = run.state.histories.map(\.state)
            return run.parentID == directory
                && zip(states, states.dropFirst()).contains { $0.isTerminal && $1.isTerminal }
        }
    }
}
