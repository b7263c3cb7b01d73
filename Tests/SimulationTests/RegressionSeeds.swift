/// Seeds that broke a promise once, with what they found. A change of the simulation changes what a seed tells: the
/// faults themselves are kept as scenarios.
enum RegressionSeeds {
    static let all: [UInt64] = [
        // A pause in `afterExecution` could not be resumed: the execution has ended and is not PAUSED.
        1311,
        // After a restart and a reload, a new task run got the id of a forgotten one.
        111,
        // A restart reopened an allowed failure that later tasks had followed; the lane's last run decided alone.
        4006,
        // A restart was taken while a task of `afterExecution` still ran.
        4465,
        // An `Exit` inside a WorkingDirectory left the directory held; in a Loop, too.
        8, 297,
        // A late report of a directory's job changed the task run that a failing sibling had ended.
        11,
        // An `Exit` beside a Loop left its counts as they were.
        22,
        // A task was handed to a worker, without its directory, though its siblings had failed in the same turn.
        99,
        // A replay inside a WorkingDirectory ran the task without the directory.
        69,
        // A loop counted iterations that had been forgotten.
        195,
        // The job that fills a directory had the same number after a restart.
        205,
        // A child that was retried as a new execution ended, and its parent did not hear of it.
        441, 10290,
        // A task whose directory an `Exit` of the same turn had given up was handed to a worker without it.
        10716,
    ]
}
