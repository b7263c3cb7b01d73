import ApusExpressions
import ApusModel
import ApusSchema

extension TriggerType {
    static let schedule = TriggerType(
        "Schedule", "Starts an execution on the dates of a cron expression.", subject: .trigger,
        properties: [
            property(
                "cron", "Five fields, or six with seconds first, or a name such as `@daily`.", .string,
                isRequired: true),
            property("withSeconds", "The expression has a field for seconds.", .boolean, default: false),
            property("timezone", "The zone the expression is about.", .string, default: "UTC"),
            property("lateMaximumDelay", "A date that would run later than this is left out.", .duration),
            recoverMissedSchedules,
            property("scheduleConditions", "The older name of `conditions`.", .list(.any)),
            property("backfill", "Does nothing: backfills are started by a person.", .any),
        ], outputs: dates
    ) { reader in
        if reader.properties.given("backfill") != nil {
            reader.warn(
                "`backfill` does nothing in a flow: a backfill is started in the UI or by the API",
                at: "backfill", remedy: "remove it")
        }
        reader.checkInputs()
        guard let text = reader.properties.text("cron"), let zone = reader.zone() else { return nil }
        let hasSeconds = reader.properties.flag("withSeconds")
        do throws(CronFault) {
            let cron = try CronExpression(text, withSeconds: hasSeconds)
            if cron.isNever {
                reader.warn("`\(text)` stands for no date: the trigger never fires", at: "cron")
            }
            return reader.schedule(
                .cron(cron, in: zone), zone,
                fingerprint: "\(text)|\(hasSeconds)|\(zone.name ?? "")")
        } catch {
            reader.properties.fault(
                error.message, at: "cron",
                remedy: hasSeconds
                    ? "write six fields: second minute hour day-of-month month day-of-week"
                    : "write five fields: minute hour day-of-month month day-of-week; six with `withSeconds: true`"
            )
            return nil
        }
    }

    static let scheduleOnDates = TriggerType(
        "ScheduleOnDates", "Starts an execution on each of the dates.", subject: .trigger,
        properties: [
            property("dates", "The dates.", .list(.string), isRequired: true),
            property("timezone", "The zone of dates that name none.", .string, default: "UTC"),
            recoverMissedSchedules,
        ], outputs: dates
    ) { reader in
        reader.checkInputs()
        guard let items = reader.properties.given("dates")?.listValue, let zone = reader.zone() else {
            return nil
        }
        var dates: [Timestamp] = []
        for (place, item) in items.enumerated() {
            let text = item.stringValue ?? item.json
            guard let date = Self.date(text, in: zone) else {
                reader.properties.add(
                    reader.fault(
                        "`\(text)` is not a date and time",
                        at: reader.properties.path.key("dates").index(place),
                        remedy: "write for example 2030-01-31T12:00:00Z; expressions are not rendered here"))
                continue
            }
            dates.append(date)
        }
        return reader.schedule(
            .dates(dates), zone, fingerprint: dates.map { String($0.microseconds) }.joined(separator: ","))
    }

    private static func date(_ text: String, in zone: ZoneRules) -> Timestamp? {
        Timestamp(iso: text) ?? LocalDateTime(iso: text).map { zone.zoned($0).timestamp }
    }

    private static let recoverMissedSchedules = property(
        "recoverMissedSchedules", "What becomes of dates that pass while nobody looks.",
        .enumeration(MissedTicks.allCases.map(\.rawValue)))

    private static let dates = [
        property("date", "The date it fires for.", .string),
        property("next", "The date after it.", .string), property("previous", "The date before it.", .string),
    ]
}

extension TriggerReader {
    /// The zone a schedule is about.
    fileprivate mutating func zone() -> ZoneRules? {
        let name = properties.text("timezone") ?? timeZone
        do throws(ExpressionError) {
            return try ZoneRules.named(name)
        } catch {
            properties.fault(
                "`\(name)` is not a time zone", at: "timezone",
                remedy: "write for example Europe/Paris or UTC")
            return nil
        }
    }

    fileprivate mutating func schedule(_ dates: ScheduleDates, _ zone: ZoneRules, fingerprint: String)
        -> CompiledTrigger.Kind
    {
        let missed = properties.choice("recoverMissedSchedules", MissedTicks.self) ?? missedTicks
        return .schedule(
            ScheduleTrigger(
                rule: Schedule(
                    dates: dates, missed: missed, lateMaximumDelay: properties.duration("lateMaximumDelay")),
                zone: zone, fingerprint: fingerprint))
    }

    /// What a trigger that nobody is there to answer must give to its flow.
    mutating func checkInputs() {
        let written = properties.given("inputs")?.mapValue ?? [:]
        let found = InputResolver(definitions: inputs, edition: properties.edition).check(written: written)
        let name = (properties.given("type")?.stringValue ?? "").split(separator: ".").last ?? ""
        let id = properties.given("id")?.stringValue ?? ""
        var messages: [String] = []
        if !found.missing.isEmpty {
            messages.append(
                "Missing inputs for \(name) Trigger '\(id)', missing inputs: \(found.missing.map { "'\($0)'" }.joined(separator: ", "))"
            )
        }
        messages += found.faults.map(\.message)
        for message in messages {
            if properties.edition == .two {
                properties.fault("Invalid Flow: \(message)", at: "inputs")
            } else {
                warn(message, at: "inputs")
            }
        }
    }

    mutating func warn(_ message: String, at key: String, remedy: String? = nil) {
        let path = properties.path.key(key)
        properties.add(
            Fault(
                .warning, message, at: path, position: properties.positions.position(of: path), remedy: remedy
            ))
    }

    func fault(_ message: String, at path: ValuePath, remedy: String? = nil) -> Fault {
        Fault(message, at: path, position: properties.positions.position(of: path), remedy: remedy)
    }
}
