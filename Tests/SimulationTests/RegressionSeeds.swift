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
    ]
}
