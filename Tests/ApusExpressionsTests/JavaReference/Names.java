import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.temporal.TemporalQueries;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the tables in Sources/ApusExpressions/Dates/Names from the locale data of the Java that runs it.
 *
 * <pre>javac Names.java && java -cp . Names Sources/ApusExpressions/Dates/Names</pre>
 */
public final class Names {
    private static final String[][] FILES = {
        {"English", "root en en_AU en_CA en_GB en_IE en_IN en_NZ en_ZA"},
        {"Western", "de de_AT de_CH es es_AR es_MX es_US fr fr_BE fr_CA fr_CH it it_CH nl nl_BE pt pt_PT"},
        {"Northern", "cs da fi hu nb pl ro ru sv tr uk"},
        {"Eastern", "ja ko zh zh_HK zh_TW"}};

    private static final Map<String, String> OTHER_FORMS = Map.ofEntries(
        Map.entry("L3", "M3"), Map.entry("L4", "M4"), Map.entry("L5", "M5"), Map.entry("c3", "E3"), Map.entry("c4", "E4"),
        Map.entry("c5", "E5"), Map.entry("q3", "Q3"), Map.entry("q4", "Q4"), Map.entry("B4", "B1"), Map.entry("B5", "B1"));

    private static final String PREFERRED = "America/New_York America/Chicago America/Denver America/Los_Angeles "
        + "America/Anchorage Pacific/Honolulu America/Halifax Europe/London Europe/Paris Europe/Athens Europe/Lisbon "
        + "Europe/Moscow Asia/Kolkata Asia/Tokyo Asia/Shanghai Asia/Seoul Australia/Sydney Pacific/Auckland UTC";

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (String[] file : FILES) {
            StringBuilder text = head(file[0].toLowerCase(Locale.ROOT), "Languages");
            for (String name : file[1].split(" ")) {
                Map<String, String> lines = lines(locale(name));
                String parent = name.contains("_") ? name.substring(0, 2) : null;
                // A country names what its language does not say; a language leaves out what another form says.
                if (parent != null) lines(locale(parent)).forEach((key, value) -> lines.remove(key, value));
                else OTHER_FORMS.forEach((key, other) -> lines.remove(key, lines.get(other)));
                text.append("\n        ").append(name).append('\n');
                lines.forEach((key, value) -> wrap(text, key + "=" + value));
            }
            foot(text);
            Files.writeString(folder.resolve("Languages+" + file[0] + ".swift"), text);
        }
        Files.writeString(folder.resolve("Weeks.swift"), weeks());
        Files.writeString(folder.resolve("ZoneNames+Table.swift"), zones());
    }

    private static StringBuilder head(String property, String type) {
        return new StringBuilder("// Written by Tests/ApusExpressionsTests/JavaReference/Names.java with JDK ")
            .append(System.getProperty("java.specification.version"))
            .append("; do not edit.\n// Source: Unicode CLDR, as Java prints it.\n\nextension ").append(type)
            .append(" {\n    static let ").append(property).append(" = \"\"\"");
    }

    private static void foot(StringBuilder text) {
        text.append("\n        \"\"\"\n}\n");
    }

    /** Lines of a literal stay below 100 columns. */
    private static void wrap(StringBuilder text, String line) {
        text.append("        ");
        int column = 8;
        for (char c : line.toCharArray()) {
            if (column >= 96) {
                text.append("\\\n        ");
                column = 8;
            }
            if (c == '\u00a0' || c == '\u202f' || c == '\u2009' || c == '\u200e' || c == '\u200f') {
                text.append("\\u{").append(Integer.toHexString(c).toUpperCase(Locale.ROOT)).append('}');
                column += 8;
            } else if (c == ' ' && column >= 90) {
                // No line ends in a space.
                text.append("\\u{20}\\\n        ");
                column = 8;
            } else {
                text.append(c == '\\' ? "\\\\" : String.valueOf(c));
                column += c > 0x2e80 ? 2 : 1;
            }
        }
        text.append('\n');
    }

    private static Locale locale(String name) {
        if (name.equals("root")) return Locale.ROOT;
        return name.contains("_") ? new Locale(name.substring(0, 2), name.substring(3)) : new Locale(name);
    }

    private static Map<String, String> lines(Locale locale) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String letters : new String[] {"M", "L"}) {
            for (int count = 3; count <= 5; count++) {
                DateTimeFormatter form = form(letters.repeat(count), locale);
                lines.put(letters + count, count(12, i -> form.format(LocalDate.of(2024, i + 1, 1))));
            }
        }
        for (String letters : new String[] {"E", "c"}) {
            for (int count = 3; count <= 5; count++) {
                DateTimeFormatter form = form(letters.repeat(count), locale);
                lines.put(letters + count, count(7, i -> form.format(LocalDate.of(2024, 1, i + 1))));
            }
        }
        for (String letters : new String[] {"Q", "q"}) {
            for (int count = 3; count <= 4; count++) {
                DateTimeFormatter form = form(letters.repeat(count), locale);
                lines.put(letters + count, count(4, i -> form.format(LocalDate.of(2024, i * 3 + 1, 1))));
            }
        }
        for (int count : new int[] {3, 4, 5}) {
            DateTimeFormatter form = form("G".repeat(count), locale);
            lines.put("G" + count, count(2, i -> form.format(LocalDate.of(i == 0 ? -1 : 1, 1, 1))));
        }
        DateTimeFormatter halves = form("a", locale);
        lines.put("a", count(2, i -> halves.format(LocalTime.of(i * 12, 30))));
        for (int count : new int[] {1, 4, 5}) lines.put("B" + count, periods(form("B".repeat(count), locale)));
        for (FormatStyle style : FormatStyle.values()) {
            lines.put(style.name().toLowerCase(Locale.ROOT),
                DateTimeFormatterBuilder.getLocalizedDateTimePattern(style, style, IsoChronology.INSTANCE, locale));
        }
        lines.put("O", form("O", locale).format(ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC"))));
        for (String zone : new String[] {"UTC", "GMT"}) {
            lines.put(zone, form("zzzz", locale).format(ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneId.of(zone))));
        }
        return lines;
    }

    /** Names with the hour they begin at, then `@` and the hour of those that only its full minute has. */
    private static String periods(DateTimeFormatter form) {
        List<String> parts = new ArrayList<>();
        String last = "";
        for (int hour = 0; hour < 24; hour++) {
            String name = form.format(LocalTime.of(hour, 30));
            if (!name.equals(last)) parts.add(hour + " " + name);
            last = name;
        }
        for (int hour : new int[] {0, 12}) {
            String name = form.format(LocalTime.of(hour, 0));
            if (!name.equals(form.format(LocalTime.of(hour, 30)))) parts.add("@" + hour + " " + name);
        }
        return String.join("|", parts);
    }

    private static DateTimeFormatter form(String pattern, Locale locale) {
        return DateTimeFormatter.ofPattern(pattern, locale);
    }

    private static String count(int count, IntFunction<String> name) {
        return IntStream.range(0, count).mapToObj(name).collect(Collectors.joining("|"));
    }

    private static String weeks() {
        Map<String, List<String>> countries = new TreeMap<>();
        WeekFields usual = WeekFields.of(new Locale("", ""));
        for (String country : Locale.getISOCountries()) {
            WeekFields fields = WeekFields.of(new Locale("", country));
            if (fields.equals(usual)) continue;
            countries.computeIfAbsent(fields.getFirstDayOfWeek().getValue() + " " + fields.getMinimalDaysInFirstWeek(),
                key -> new ArrayList<>()).add(country);
        }
        StringBuilder text = head("countries", "Weeks").append('\n');
        wrap(text, usual.getFirstDayOfWeek().getValue() + " " + usual.getMinimalDaysInFirstWeek() + ":");
        countries.forEach((key, list) -> wrap(text, key + ":" + String.join(" ", list)));
        text.setLength(text.length() - 1);
        text.append("\n        \"\"\"\n\n    /// Languages that Java has names of.\n    static let languages = \"\"\"\n");
        TreeSet<String> languages = new TreeSet<>();
        for (Locale locale : Locale.getAvailableLocales()) if (!locale.getLanguage().isEmpty()) languages.add(locale.getLanguage());
        wrap(text, String.join(" ", languages));
        text.setLength(text.length() - 1);
        foot(text);
        return text.toString();
    }

    private static String zones() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        List<String> ids = new ArrayList<>(List.of(PREFERRED.split(" ")));
        new TreeSet<>(ZoneId.getAvailableZoneIds()).forEach(id -> { if (!ids.contains(id)) ids.add(id); });
        for (String id : ids) {
            if (id.startsWith("SystemV/")) continue;
            TimeZone zone = TimeZone.getTimeZone(id);
            ZonedDateTime now = Instant.parse("2024-01-15T12:00:00Z").atZone(ZoneId.of(id));
            String key = String.join("|", zone.getDisplayName(false, TimeZone.SHORT, Locale.US),
                zone.getDisplayName(true, TimeZone.SHORT, Locale.US), form("v", Locale.US).format(now),
                zone.getDisplayName(false, TimeZone.LONG, Locale.US), zone.getDisplayName(true, TimeZone.LONG, Locale.US),
                form("vvvv", Locale.US).format(now));
            groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(id);
        }
        // The zone that Java means by the names of a group stands first.
        groups.forEach((key, list) -> {
            String[] names = key.split("\\|");
            String zone = zone(names[3], "zzzz");
            if (zone == null || !list.contains(zone)) zone = zone(names[0], "z");
            if (zone != null && list.remove(zone)) list.add(0, zone);
        });
        StringBuilder text = head("table", "ZoneNames").append('\n');
        groups.forEach((key, list) -> wrap(text, key + ":" + String.join(" ", list)));
        text.setLength(text.length() - 1);
        text.append("\n        \"\"\"\n\n    /// Short names that mean another zone than the first that has them.\n")
            .append("    static let meantByShort = \"\"\"\n");
        meant(text, groups, 0, "z");
        text.append("        \"\"\"\n\n    /// Full names that mean another zone than the first that has them.\n")
            .append("    static let meantByLong = \"\"\"\n");
        meant(text, groups, 3, "zzzz");
        text.setLength(text.length() - 1);
        foot(text);
        return text.toString();
    }

    private static void meant(StringBuilder text, Map<String, List<String>> groups, int start, String pattern) {
        Map<String, String> first = new TreeMap<>();
        groups.forEach((key, list) -> {
            for (int place = start; place < start + 3; place++) first.putIfAbsent(key.split("\\|")[place], list.get(0));
        });
        Map<String, List<String>> zones = new TreeMap<>();
        first.forEach((name, id) -> {
            String zone = zone(name, pattern);
            if (zone != null && !zone.equals(id) && !zone.equals(name)) zones.computeIfAbsent(zone, key -> new ArrayList<>()).add(name);
        });
        zones.forEach((zone, names) -> wrap(text, zone + ":" + String.join("|", names)));
    }

    /** The zone that a name means; `null` when it is none. */
    private static String zone(String name, String pattern) {
        try {
            String zone = form(pattern, Locale.US).parse(name).query(TemporalQueries.zone()).getId();
            return ZoneId.getAvailableZoneIds().contains(zone) ? zone : null;
        } catch (DateTimeException unknown) {
            return null;
        }
    }
}
