import ApusModel

/// Names of months and days in a language.
struct CalendarNames: Sendable {
    let months: [String]
    let shortMonths: [String]
    /// Monday first.
    let days: [String]
    let shortDays: [String]
    let amPm: [String]
    /// Weeks begin on Sunday and the first may have a single day; else on Monday, and it has four at least (ISO).
    let hasAmericanWeeks: Bool

    private init(
        _ months: String, _ shortMonths: String, _ days: String, _ shortDays: String, amPm: String = "AM PM",
        hasAmericanWeeks: Bool = false
    ) {
        func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
        self.months = words(months)
        self.shortMonths = words(shortMonths)
        self.days = words(days)
        self.shortDays = words(shortDays)
        self.amPm = words(amPm)
        self.hasAmericanWeeks = hasAmericanWeeks
    }

    /// - Parameter locale: `fr`, `fr_FR`, `en-GB`; `nil` for English.
    static func of(_ locale: String?) throws(ExpressionError) -> CalendarNames {
        guard let locale, !locale.isEmpty else { return english }
        let language = locale.prefix { $0 != "-" && $0 != "_" }.lowercased()
        if language == "en" {
            let country = locale.dropFirst(3).uppercased()
            return country.isEmpty || ["US", "CA"].contains(country) ? english : englishWithISOWeeks
        }
        guard let names = languages[language] else {
            let known = (["en"] + languages.keys.sorted()).joined(separator: ", ")
            throw .argument("the locale `\(locale)` is not known; known are \(known)")
        }
        return names
    }

    static let english = CalendarNames(
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday", "Mon Tue Wed Thu Fri Sat Sun",
        hasAmericanWeeks: true)

    private static let englishWithISOWeeks = CalendarNames(
        english.months.joined(separator: " "),
        "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec", english.days.joined(separator: " "),
        english.shortDays.joined(separator: " "), amPm: "am pm")

    private static let languages: [String: CalendarNames] = [
        "fr": CalendarNames(
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            "lundi mardi mercredi jeudi vendredi samedi dimanche", "lun. mar. mer. jeu. ven. sam. dim."),
        "de": CalendarNames(
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
            "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag", "Mo. Di. Mi. Do. Fr. Sa. So."),
        "es": CalendarNames(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "ene feb mar abr may jun jul ago sept oct nov dic",
            "lunes martes miércoles jueves viernes sábado domingo", "lun mar mié jue vie sáb dom",
            amPm: "a.\u{A0}m. p.\u{A0}m."),
        "it": CalendarNames(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "gen feb mar apr mag giu lug ago set ott nov dic",
            "lunedì martedì mercoledì giovedì venerdì sabato domenica", "lun mar mer gio ven sab dom"),
        "pt": CalendarNames(
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
            "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
            "seg. ter. qua. qui. sex. sáb. dom."),
        "nl": CalendarNames(
            "januari februari maart april mei juni juli augustus september oktober november december",
            "jan feb mrt apr mei jun jul aug sep okt nov dec",
            "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag", "ma di wo do vr za zo",
            amPm: "a.m. p.m."),
        "pl": CalendarNames(
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
            "sty lut mar kwi maj cze lip sie wrz paź lis gru",
            "poniedziałek wtorek środa czwartek piątek sobota niedziela", "pon. wt. śr. czw. pt. sob. niedz."),
        "sv": CalendarNames(
            "januari februari mars april maj juni juli augusti september oktober november december",
            "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec.",
            "måndag tisdag onsdag torsdag fredag lördag söndag", "mån tis ons tors fre lör sön", amPm: "fm em"
        ),
    ]
}
