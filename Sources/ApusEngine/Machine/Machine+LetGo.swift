import ApusModel

/// Iterations that are over leave memory: what the store has, and nothing of the flow asks for again, need not be
/// held, so that a loop of a million items is as small as one of a thousand.
///
/// The frames' counters stay, and which lanes have been. Outputs that expressions may read stay under `outputs`.
extension ExecutionMachine {
    /// Whether every task run is held in memory. Restarts, replays and changed states look at all of them.
    public var isWhole: Bool { letGoRuns == 0 }

    /// Lets go of iterations that are over, once there are many.
    ///
    /// Everything that changed must have been written. The cost is shared by the iterations that go.
    ///
    /// - Parameter count: Iterations over that are kept at least.
    public mutating func letGo(beyond count: Int) {
        guard lanesOver > count, lanesOver > runs.count / 8, changes.runs.isEmpty, !isHeld,
            !execution.state.current.isTerminal
        else { return }
        lanesOver = 0
        let gone = runsToLetGo()
        guard gone.contains(true) else { return }
        for place in runs.indices where gone[place] {
            pastLanes[runs[place].id] = nil
            let frame = details[place].frame
            guard frame != Self.top, !gone[frame], letsGo(frame) else { continue }
            pastLanes[runs[frame].id, default: PastLanes()].add(
                details[place].lane, runs[place].state.current)
        }
        remove(gone)
    }

    /// Whether the iterations of a run leave memory when they are over.
    func letsGo(_ place: Int) -> Bool { flow.loopMemory.loops.contains(details[place].task) }

    private func runsToLetGo() -> [Bool] {
        // A run comes after the one around it.
        var isOpen = [Bool](repeating: false, count: runs.count)
        var openLanes: Set<OpenLane> = []
        for place in runs.indices.reversed() {
            guard isOpen[place] || !runs[place].state.current.isTerminal || frames[place] != nil else {
                continue
            }
            let frame = details[place].frame
            guard frame != Self.top else { continue }
            isOpen[place] = true
            isOpen[frame] = true
            openLanes.insert(OpenLane(frame: frame, lane: details[place].lane))
        }
        var isOver = [Bool](repeating: false, count: runs.count)
        var gone = isOver
        for place in runs.indices {
            let frame = details[place].frame
            guard frame != Self.top else { continue }
            isOver[place] =
                isOver[frame]
                || (isLane(place, of: frame)
                    && !openLanes.contains(OpenLane(frame: frame, lane: details[place].lane)))
            // What an iteration gives becomes a part of what its loop gives.
            let isKept = isIteration(place) && !gone[frame] && keepsIterations(frame)
            gone[place] = isOver[place] && !isKept
        }
        return gone
    }

    private struct OpenLane: Hashable {
        var frame: Int
        var lane: Int
    }

    /// Whether a run is in a lane of a loop that goes on, and whose iterations leave memory.
    private func isLane(_ place: Int, of key: Int) -> Bool {
        guard let frame = frames[key], frame.phase == .tasks, letsGo(key) else { return false }
        return frame.plan.task(lane: details[place].lane, position: details[place].position)
            == details[place].task
    }

    private func keepsIterations(_ loop: Int) -> Bool { self.loop(loop)?.outputs.isEmpty == false }

    private mutating func remove(_ gone: [Bool]) {
        var places = [Int](repeating: Self.top, count: runs.count)
        var (keptRuns, keptDetails): ([TaskRun], [RunDetails]) = ([], [])
        for place in runs.indices {
            if gone[place] {
                placeOf[runs[place].id] = nil
                letGoRuns += 1
                continue
            }
            places[place] = keptRuns.count
            placeOf[runs[place].id] = keptRuns.count
            keptRuns.append(runs[place])
            var detail = details[place]
            if detail.frame != Self.top { detail.frame = places[detail.frame] }
            keptDetails.append(detail)
        }
        runs = keptRuns
        details = keptDetails
        frames = Dictionary(
            uniqueKeysWithValues: frames.map { key, frame in
                key == Self.top ? (key, frame) : (places[key], moved(frame, places))
            })
        scopes = Dictionary(
            uniqueKeysWithValues: scopes.compactMap { key, values in
                gone[key] ? nil : (places[key], values)
            })
        dropUnreadOutputs()
    }

    private func moved(_ frame: Frame, _ places: [Int]) -> Frame {
        var frame = frame
        frame.owner = frame.owner.map { places[$0] }
        frame.members = frame.members.compactMap { places[$0] == Self.top ? nil : places[$0] }
        frame.crowded = frame.crowded.mapValues { lane in
            CrowdedLane(open: Set(lane.open.map { places[$0] }), last: places[lane.last])
        }
        return frame
    }

    /// Of outputs that nothing reads, those of the runs that are held stay: people may look at them.
    private mutating func dropUnreadOutputs() {
        for task in flow.loopMemory.unread { unindexAll(of: task) }
        for place in runs.indices where flow.loopMemory.unread.contains(details[place].task) {
            if let values = runs[place].outputs { index(values, of: place) }
        }
    }
}

extension Event {
    /// Whether it takes every task run to say what follows, those that were let go of, too.
    public var looksAtAll: Bool {
        switch self {
        case .restarted, .taskRunChanged: true
        case .created, .taskRunEnded, .workerLost, .timerFired, .resumed, .pauseRequested, .killRequested,
            .subflowsBegan, .subflowEnded, .rowsLoaded, .statusChanged, .labelled, .breakpointPassed,
            .admitted, .unqueued, .startRefused:
            false
        }
    }
}
