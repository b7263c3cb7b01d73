public import ApusModel

/// The kind of value an input (or an output of a flow) takes, with the rules its values obey.
///
/// Bounds are inclusive; `nil` where there is none.
public indirect enum InputType: Sendable {
    /// Text that the validator matches from end to end.
    case string(validator: ValidatorPattern?)
    /// Text that is stored encrypted and never shown.
    case secret(validator: ValidatorPattern?)
    /// One of a list of texts.
    case select(Choices)
    /// Several of a list of values.
    case multiselect(Choices, item: InputType)
    case int(min: Int64?, max: Int64?)
    case float(min: Double?, max: Double?)
    case bool
    case dateTime(after: Timestamp?, before: Timestamp?)
    case date(after: LocalDate?, before: LocalDate?)
    case time(after: LocalTime?, before: LocalTime?)
    case duration(min: ISODuration?, max: ISODuration?)
    /// An uploaded file or the URI of one. Extensions are lower case with their dot; empty allows all.
    case file(extensions: [String])
    /// A JSON text or value; the schema is a JSON Schema.
    case json(schema: Value?)
    case yaml
    case ion
    case uri
    case email
    /// A list whose items are of one type; `nil` takes them as they are.
    case array(item: InputType?)
    /// Inputs shown together; their ids follow the form's id and a dot.
    case form([InputDefinition])

    /// The word of the flow language, as newer flows write it.
    public var name: String {
        switch self {
        case .string: "STRING"
        case .secret: "SECRET"
        case .select: "SELECT"
        case .multiselect: "MULTISELECT"
        case .int: "INT"
        case .float: "FLOAT"
        case .bool: "BOOL"
        case .dateTime: "DATETIME"
        case .date: "DATE"
        case .time: "TIME"
        case .duration: "DURATION"
        case .file: "FILE"
        case .json: "JSON"
        case .yaml: "YAML"
        case .ion: "ION"
        case .uri: "URI"
        case .email: "EMAIL"
        case .array: "ARRAY"
        case .form: "FORM"
        }
    }

    /// Every word that may stand as a `type`, old ones included.
    static let names = [
        "STRING", "SECRET", "SELECT", "MULTISELECT", "ENUM", "INT", "FLOAT", "BOOL", "BOOLEAN", "DATETIME",
        "DATE",
        "TIME", "DURATION", "FILE", "JSON", "YAML", "ION", "URI", "EMAIL", "ARRAY", "FORM",
    ]

    /// The type a word stands for, without rules of its own; `nil` for other words.
    init?(bare name: String) {
        switch name {
        case "STRING": self = .string(validator: nil)
        case "SECRET": self = .secret(validator: nil)
        case "SELECT", "ENUM": self = .select(.free)
        case "MULTISELECT": self = .multiselect(.free, item: .string(validator: nil))
        case "INT": self = .int(min: nil, max: nil)
        case "FLOAT": self = .float(min: nil, max: nil)
        case "BOOL", "BOOLEAN": self = .bool
        case "DATETIME": self = .dateTime(after: nil, before: nil)
        case "DATE": self = .date(after: nil, before: nil)
        case "TIME": self = .time(after: nil, before: nil)
        case "DURATION": self = .duration(min: nil, max: nil)
        case "FILE": self = .file(extensions: [])
        case "JSON": self = .json(schema: nil)
        case "YAML": self = .yaml
        case "ION": self = .ion
        case "URI": self = .uri
        case "EMAIL": self = .email
        case "ARRAY": self = .array(item: nil)
        case "FORM": self = .form([])
        default: return nil
        }
    }

    /// Whether an item of an ARRAY or a MULTISELECT may be of this type.
    var canBeItem: Bool {
        switch self {
        case .array, .secret, .multiselect, .select, .form: false
        case .string, .int, .float, .bool, .dateTime, .date, .time, .duration, .file, .json, .yaml, .ion,
            .uri,
            .email:
            true
        }
    }

    /// Whether empty text is a value; for the other types it means that nothing was given.
    var takesEmptyText: Bool {
        switch self {
        case .string, .secret, .email, .select: true
        case .multiselect, .int, .float, .bool, .dateTime, .date, .time, .duration, .file, .json, .yaml, .ion,
            .uri,
            .array, .form:
            false
        }
    }
}
