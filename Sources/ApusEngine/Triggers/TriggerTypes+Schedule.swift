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
            property("timezone", "The zone the expression is about, an IANA name.", .string),
            property("lateMaximumDelay", "A date that would run later than this is left out.", .duration),
            recoverMissedSchedules,
            property("scheduleConditions", "The older name of `conditions`.", .list(.any)),
            property("backfill", "Backfills are made by the API.", .any),
        ], outputs: dates
    ) { reader in
        return .schedule(
            ScheduleTrigger(dates: ScheduleDates(), timeZone: reader.timeZone, missed: .all, fingerprint: ""))
    }

    static let scheduleOnDates = TriggerType(
        "ScheduleOnDates", "Starts an execution on each of the dates.", subject: .trigger,
        properties: [
            property("dates", "The dates.", .list(.string), isRequired: true, isDynamic: true),
            property("timezone", "The zone of dates that name none, an IANA name.", .string, isDynamic: true),
            recoverMissedSchedules,
        ], outputs: dates
    ) { reader in
        return .schedule(
            ScheduleTrigger(dates: ScheduleDates(), timeZone: reader.timeZone, missed: .all, fingerprint: ""))
    }

    private static let recoverMissedSchedules = property(
        "recoverMissedSchedules", "What becomes of dates that pass while nobody looks.",
        .enumeration(MissedTicks.allCases.map(\.rawValue)))

    private static let dates = [
        property("date", "The date it fires for.", .string),
        property("next", "The date after it.", .string), property("previous", "The date before it.", .string),
    ]
}
