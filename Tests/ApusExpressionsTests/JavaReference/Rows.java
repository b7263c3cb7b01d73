import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Prints what Java makes of dates and numbers, one row a line; JavaFormatTests.swift reads them.
 *
 * <pre>javac Rows.java && java -cp . Rows > rows.tsv</pre>
 *
 * With a seed and a count it prints as many random rows instead, to look for more.
 */
public final class Rows {
    private static final PrintStream OUT = new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8);

    private static final Map<String, DateTimeFormatter> NAMED = Map.ofEntries(
        Map.entry("iso", DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX")),
        Map.entry("iso_milli", DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")),
        Map.entry("iso_sec", DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX")),
        Map.entry("sql", DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS")),
        Map.entry("sql_milli", DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS")),
        Map.entry("sql_sec", DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")),
        Map.entry("iso_date_time", DateTimeFormatter.ISO_DATE_TIME),
        Map.entry("iso_date", DateTimeFormatter.ISO_DATE),
        Map.entry("iso_time", DateTimeFormatter.ISO_TIME),
        Map.entry("iso_local_date", DateTimeFormatter.ISO_LOCAL_DATE),
        Map.entry("iso_instant", DateTimeFormatter.ISO_INSTANT),
        Map.entry("iso_local_date_time", DateTimeFormatter.ISO_LOCAL_DATE_TIME),
        Map.entry("iso_local_time", DateTimeFormatter.ISO_LOCAL_TIME),
        Map.entry("iso_offset_time", DateTimeFormatter.ISO_OFFSET_TIME),
        Map.entry("iso_ordinal_date", DateTimeFormatter.ISO_ORDINAL_DATE),
        Map.entry("iso_week_date", DateTimeFormatter.ISO_WEEK_DATE),
        Map.entry("iso_zoned_date_time", DateTimeFormatter.ISO_ZONED_DATE_TIME),
        Map.entry("rfc_1123_date_time", DateTimeFormatter.RFC_1123_DATE_TIME));

    private static final Map<String, FormatStyle> STYLES = Map.of(
        "full", FormatStyle.FULL, "long", FormatStyle.LONG,
        "medium", FormatStyle.MEDIUM, "short", FormatStyle.SHORT);

    private static final String ALL = "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSxxx";
    private static final String AFTERNOON = "2024-03-05T15:07:09.123456789Z";
    private static final String MORNING = "2001-07-04T04:05:06.007Z";
    private static final String BEFORE_CHRIST = "-0044-03-15T12:00:00Z";
    private static final String FAR = "+12345-11-30T00:00:59.5Z";

    public static void main(String[] arguments) {
        // Servers run in the English of the United States, unless they are told otherwise.
        Locale.setDefault(Locale.US);
        System.setProperty("user.timezone", "UTC");
        String version = System.getProperty("java.specification.version");
        OUT.println("# Source: JDK " + version + " (" + System.getProperty("java.vm.vendor") + " "
            + System.getProperty("java.runtime.version") + "), java.time.format.DateTimeFormatter and");
        OUT.println("# java.text.DecimalFormat, locale data: its default (Unicode CLDR), printed by Rows.java.");
        OUT.println("# kind, input, pattern, zone, locale, further arguments, text or `error`. `\\u` and `\\t` are escapes.");
        if (arguments.length == 2) {
            random(new Random(Long.parseLong(arguments[0])), Integer.parseInt(arguments[1]));
            return;
        }
        patterns();
        refusedPatterns();
        zones();
        languages();
        named();
        parsing();
        adding();
        numbers();
    }

    private static void patterns() {
        String[] patterns = (
            "G GGGG GGGGG u uu uuu uuuu uuuuu y yy yyy yyyy yyyyy yyyyyy Y YY YYYY M MM MMM MMMM MMMMM L LL LLL LLLL "
            + "LLLLL D DD DDD d dd Q QQ QQQ QQQQ QQQQQ q qq qqq qqqq E EE EEE EEEE EEEEE e ee eee eeee "
            + "eeeee c ccc cccc ccccc w ww W F a B BBBB BBBBB h hh K KK k kk H HH m mm s ss S SS SSS SSSSSS "
            + "SSSSSSSSS A AAAAAAAAAA n nnn nnnnnnnnnn N NN NNNNNNNNNNNNNNNN g ggg VV z zz zzz zzzz v vvvv O OOOO "
            + "X XX XXX XXXX XXXXX x xx xxx xxxx xxxxx Z ZZ ZZZ ZZZZ ZZZZZ").split(" ");
        for (String pattern : patterns) {
            print(AFTERNOON, pattern, "Europe/Paris", "");
            print(MORNING, pattern, "UTC", "");
        }
        for (String pattern : "G GGGG u uu uuuu y yy yyyy yyyyy Y YYYY D e w".split(" ")) {
            print(BEFORE_CHRIST, pattern, "UTC", "");
            print(FAR, pattern, "UTC", "");
        }
        for (String pattern : new String[] {
            "yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yy", "d MMM uuuu", "EEEE, MMMM d, yyyy", "yyyyMMdd", "yyyyMMddHHmmss",
            "HH:mm", "hh:mm a", "h 'o''clock' a, zzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "''yyyy''", "'''quoted'''", "''",
            "yyyy'W'ww", "YYYY-'W'ww-e", "[yyyy][-MM][-dd]", "yyyy[ [HH]]", "yyyy[", "ppppH", "pppd", "ppMM", "ppppppSSS",
            "p5y", "yyyy.MM.dd G 'at' HH:mm:ss z", "yyyy/MM/dd HH:mm:ss,SSS", "E, d MMM yyyy HH:mm:ss Z", "dMy",
            "d. MMMM y", "yyyy年MM月dd日", "QQQ yyyy", "yyyy-DDD", "HHmmssSSS", "yyyy-MM-dd_HH-mm-ss", "€ d", "a.m", "  d  "}) {
            print(AFTERNOON, pattern, "America/New_York", "");
            print(MORNING, pattern, "Asia/Tokyo", "");
        }
        for (String day : new String[] {"2020-12-31", "2021-01-01", "2021-01-03", "2021-01-04", "2023-01-01", "2024-12-29",
            "2024-12-30", "2026-12-31", "2027-01-01"}) {
            for (String locale : new String[] {"", "en_GB", "de_DE", "pt_BR", "ar_EG"}) {
                if (locale.startsWith("ar")) continue;
                print(day + "T00:00:00Z", "YYYY w ww W e", "UTC", locale);
            }
        }
        for (int hour = 0; hour < 24; hour++) {
            print(String.format("2024-02-29T%02d:00:00Z", hour), "a h hh K k H B", "UTC", "");
        }
        print("2024-02-29T00:00:00.5Z", "B", "UTC", "");
        print("2024-02-29T12:00:30Z", "B", "UTC", "");
        print("2024-02-29T12:01:00Z", "B", "UTC", "");
    }

    private static void refusedPatterns() {
        for (String pattern : new String[] {"b", "C", "f", "I", "i", "J", "j", "l", "o", "P", "R", "r", "T", "t", "U",
            "MMMMMM", "EEEEEE", "QQQQQQ", "GGGGGG", "ddd", "DDDD", "HHH", "mmm", "sss", "hhh", "KKK", "kkk", "aa", "aaa",
            "BB", "BBB", "BBBBBB", "FF", "WW", "www", "cc", "eeeeee", "cccccc", "SSSSSSSSSS", "V", "VVV", "zzzzz", "vv",
            "vvvvv", "OO", "OOO", "OOOOO", "XXXXXX", "xxxxxx", "ZZZZZZ", "'open", "yyyy-MM-dd'T", "]", "d]", "{", "}", "#",
            "pp", "p", "ppp'x'", "yyyyyyyyyyyyyyyyyyyy", "qqqqqq", "LLLLLL", "YYYYYYYYYYYYYYYYYYYY"}) {
            print(AFTERNOON, pattern, "UTC", "");
        }
    }

    private static void zones() {
        String form = "yyyy-MM-dd HH:mm:ss XXX VV z";
        for (String zone : new String[] {"UTC", "GMT", "UT", "Z", "z", "+02:00", "+2", "+02", "-0330", "+5:30", "+05:30:15",
            "+18:00", "+18:01", "+19", "UTC+2", "UTC+02:00", "GMT+1", "GMT-0330", "UT+1", "utc", "gmt", "CET", "EST", "MST",
            "HST", "PST", "IST", "JST", "ECT", "CST6CDT", "EST5EDT", "Etc/UTC", "Etc/GMT+5", "Europe/Paris", "europe/paris",
            "Europe/London", "Europe/Kyiv", "Europe/Kiev", "Europe/Moscow", "America/New_York", "America/Sao_Paulo",
            "America/St_Johns", "America/Los_Angeles", "US/Pacific", "Asia/Kolkata", "Asia/Calcutta", "Asia/Kathmandu",
            "Asia/Tokyo", "Asia/Shanghai", "Asia/Tehran", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland",
            "Pacific/Chatham", "Pacific/Apia", "Africa/Casablanca", "Africa/Johannesburg", "Antarctica/Troll", "Nope/X",
            "Europe", "", " UTC", "UTC ", "Europe/Paris/x", "+1:2", "Japan", "Zulu", "Greenwich", "ROK"}) {
            print("2024-01-15T12:34:56Z", form, zone, "");
            print("2024-07-15T12:34:56Z", form, zone, "");
        }
        for (String zone : new String[] {"Europe/Paris", "Europe/London", "America/New_York", "Asia/Tokyo", "Asia/Kolkata",
            "Australia/Sydney", "America/Sao_Paulo", "UTC", "+02:00", "UTC+2", "Etc/GMT+5", "America/Los_Angeles",
            "Africa/Nairobi", "Europe/Moscow", "Asia/Shanghai", "America/Denver", "America/Chicago", "GMT", "Z"}) {
            print("2024-01-15T12:34:56Z", "z zzzz v vvvv O OOOO", zone, "");
            print("2024-07-15T12:34:56Z", "z zzzz v vvvv O OOOO", zone, "");
        }
        for (String offset : new String[] {"+00:00", "-00:30", "+01:00", "-11:00", "+05:45", "+01:02:03", "-01:00:05"}) {
            for (String pattern : new String[] {"X XX XXX XXXX XXXXX", "x xx xxx xxxx xxxxx", "Z ZZZZ ZZZZZ", "O OOOO", "VV"}) {
                print("2024-01-15T12:34:56Z", pattern, offset, "");
            }
        }
        // Gaps and overlaps, seen from the instants around them and from the times on the clock.
        for (String instant : new String[] {"2024-03-31T00:59:59Z", "2024-03-31T01:00:00Z", "2024-10-27T00:30:00Z",
            "2024-10-27T01:30:00Z", "1900-01-01T00:00:00Z", "1945-08-01T00:00:00Z", "2060-07-01T00:00:00Z"}) {
            print(instant, "yyyy-MM-dd HH:mm:ss XXXXX", "Europe/Paris", "");
        }
        for (String zone : new String[] {"America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"}) {
            for (String local : new String[] {"2024-03-10T01:59:59", "2024-03-10T02:30:00", "2024-11-03T01:30:00",
                "2024-10-06T02:15:00", "2024-04-07T01:45:00", "2011-12-30T12:00:00", "2018-11-04T00:00:00"}) {
                print(local, ALL, zone, "");
            }
        }
        for (String local : new String[] {"2024-03-31T02:00:00", "2024-03-31T02:30:00", "2024-03-31T03:00:00",
            "2024-10-27T02:00:00", "2024-10-27T02:59:59", "2024-10-27T03:00:00"}) {
            print(local, ALL, "Europe/Paris", "");
        }
    }

    private static void languages() {
        String[] locales = {"en", "en_US", "en_GB", "en-GB", "en_AU", "fr", "fr_FR", "fr_CA", "de", "de_DE", "de_AT", "es",
            "es_MX", "it", "pt", "pt_BR", "pt_PT", "nl", "pl", "sv", "ja", "zh", "zh_CN", "zh_TW", "cs", "da", "fi", "hu",
            "ko", "nb", "ro", "ru", "tr", "uk", "xx", "english", "e", ""};
        for (String locale : locales) {
            for (int month = 1; month <= 12; month++) {
                String instant = String.format("2024-%02d-%02dT%02d:05:00Z", month, month, month * 2 - 1);
                print(instant, "MMM/MMMM/MMMMM LLL/LLLL EEE/EEEE/EEEEE ccc/cccc a QQQ/QQQQ", "UTC", locale);
            }
            for (String pattern : new String[] {"full", "long", "medium", "short", "G GGGG GGGGG", "q qqq qqqq", "e ee c w",
                "B", "eee eeee", "O OOOO", "zzzz", "z", "d MMMM yyyy", "EEEE d MMMM"}) {
                print(AFTERNOON, pattern, "Europe/Paris", locale);
            }
            for (String zone : new String[] {"UTC", "Europe/London", "America/New_York", "Asia/Tokyo"}) {
                print(AFTERNOON, "z / zzzz", zone, locale);
            }
        }
    }

    private static void named() {
        List<String> names = new ArrayList<>(NAMED.keySet());
        names.addAll(STYLES.keySet());
        names.add("ISO");
        names.add("basic_iso_date");
        names.sort(null);
        for (String name : names) {
            for (String zone : new String[] {"UTC", "Europe/Paris", "-03:30"}) {
                print(AFTERNOON, name, zone, "");
                print("2024-01-01T00:00:00Z", name, zone, "");
            }
            print(BEFORE_CHRIST, name, "UTC", "");
            print(FAR, name, "UTC", "");
            print("2024-06-01T01:02:00.120Z", name, "Asia/Kolkata", "fr");
        }
    }

    private static void parsing() {
        for (String text : new String[] {"2024-03-05T10:20:30Z", "2024-03-05T10:20Z", "2024-03-05T10:20:30.1Z",
            "2024-03-05T10:20:30.123456789+02:00", "2024-03-05T10:20:30+02:00[Europe/Paris]", "2024-03-05T10:20:30[Europe/Paris]",
            "2024-07-05T10:20:30+05:00[Europe/Paris]", "2024-03-05T10:20:30+0200", "2024-03-05T10:20:30+02",
            "2024-03-05T10:20:30 Z", "2024-03-05t10:20:30z", "2024-03-05 10:20:30", "2024-03-05 10:20:30Z",
            "2024-03-05T10:20:30", "2024-03-05T10:20", "2024-03-05T10", "2024-03-05", "2024-3-5", "20240305", "2024-03",
            "2024-02-29", "2023-02-29", "2024-02-30", "2024-13-01", "2024-00-10", "2024-03-05T24:00:00", "2024-03-05T24:00:01",
            "2024-03-05T23:59:60", "2024-03-05T10:60", "+12024-03-05", "12024-03-05", "-0044-03-15", "0000-01-01", "-0000-01-01",
            "", " 2024-03-05", "2024-03-05 ", "2024-03-05T10:20:30.", "2024-03-05T10:20:30,5", "2024-03-05T10:20:30.1234567891",
            "2024-03-05+01:00", "2024-03-05T10:20:30+19:00", "2024-03-05T10:20:30+18:00", "2024-03-05T10:20:30+01:02:03",
            "2024-03-31T02:30:00+01:00[Europe/Paris]", "2024-10-27T02:30:00+01:00[Europe/Paris]",
            "2024-03-05T10:20:30Z[UTC]", "2024-03-05T10:20:30+01:00[Nope/X]", "2024-03-05T10:20:30+01:00[europe/paris]",
            "x", "１２０２４-03-05"}) {
            read(text, "", "Europe/Paris", "");
        }
        String[][] pairs = {
            {"05/03/2024", "dd/MM/yyyy"}, {"5/3/2024", "d/M/yyyy"}, {"05/03/2024", "d/M/yyyy"}, {"5/3/2024", "dd/MM/yyyy"},
            {"05/03/24", "dd/MM/yy"}, {"05/03/99", "dd/MM/yy"}, {"05/03/1999", "dd/MM/yy"}, {"05/03/224", "dd/MM/yyyy"},
            {"05/03/224", "dd/MM/y"}, {"05/03/12024", "dd/MM/yyyy"}, {"05/03/+12024", "dd/MM/yyyy"}, {"31/02/2024", "dd/MM/yyyy"},
            {"31/04/2024", "dd/MM/yyyy"}, {"32/01/2024", "dd/MM/yyyy"}, {"00/01/2024", "dd/MM/yyyy"}, {"29/02/2023", "dd/MM/uuuu"},
            {"July 24, 2001", "MMMM dd, yyyy"}, {"Jul 24, 2001", "MMMM dd, yyyy"}, {"july 24, 2001", "MMMM dd, yyyy"},
            {"Jul 4 2001", "MMM d yyyy"}, {"J 4 2001", "MMMMM d yyyy"}, {"Wed, 4 Jul 2001", "EEE, d MMM yyyy"},
            {"Thu, 4 Jul 2001", "EEE, d MMM yyyy"}, {"Wednesday 4 July 2001", "EEEE d MMMM yyyy"},
            {"2024", "yyyy"}, {"2024-03", "yyyy-MM"}, {"2024065", "yyyyDDD"}, {"2024-366", "yyyy-DDD"}, {"2023-366", "yyyy-DDD"},
            {"2024-5", "yyyy-D"}, {"2024-W10-2", "YYYY-'W'ww-e"}, {"2024-10-3", "YYYY-w-e"}, {"2024-03-05", "YYYY-MM-dd"},
            {"2024-W10-2", "iso_week_date"}, {"2024-065", "iso_ordinal_date"}, {"2024-03-05", "iso_date"},
            {"2024-03-05+02:00", "iso_date"}, {"2024-03-05Z", "iso_local_date"}, {"10:20", "iso_time"}, {"10:20", "HH:mm"},
            {"2024-03-05T10:20:30.5Z", "iso_instant"}, {"2024-03-05T10:20:30+01:00", "iso_instant"},
            {"2024-03-05T10:20Z", "iso_instant"}, {"2024-03-05T24:00:00Z", "iso_instant"},
            {"2024-03-05T10:20:30.123456Z", "iso"}, {"2024-03-05T10:20:30.123Z", "iso"}, {"2024-03-05T10:20:30Z", "iso_sec"},
            {"2024-03-05 10:20:30.123456", "sql"}, {"2024-03-05 10:20:30", "sql_sec"},
            {"2024-03-05T10:20:30+01:00[Europe/Paris]", "iso_date_time"}, {"2024-03-05T10:20:30", "iso_date_time"},
            {"2024-03-05T10:20:30+01:00", "iso_zoned_date_time"}, {"2024-03-05T10:20:30", "iso_zoned_date_time"},
            {"Tue, 5 Mar 2024 10:20:30 GMT", "rfc_1123_date_time"}, {"Tue, 05 Mar 2024 10:20:30 +0100", "rfc_1123_date_time"},
            {"5 Mar 2024 10:20:30 GMT", "rfc_1123_date_time"}, {"Mon, 5 Mar 2024 10:20:30 GMT", "rfc_1123_date_time"},
            {"tue, 5 mar 2024 10:20 gmt", "rfc_1123_date_time"}, {"Tue, 5 Mar 2024 10:20:30 CET", "rfc_1123_date_time"},
            {"05/03/2024 10", "dd/MM/yyyy HH"}, {"05/03/2024 1", "dd/MM/yyyy HH"}, {"05/03/2024 1", "dd/MM/yyyy H"},
            {"05/03/2024 10 PM", "dd/MM/yyyy hh a"}, {"05/03/2024 10 pm", "dd/MM/yyyy hh a"}, {"05/03/2024 12 AM", "dd/MM/yyyy hh a"},
            {"05/03/2024 12 PM", "dd/MM/yyyy hh a"}, {"05/03/2024 13 PM", "dd/MM/yyyy hh a"}, {"05/03/2024 0 PM", "dd/MM/yyyy K a"},
            {"05/03/2024 10", "dd/MM/yyyy hh"}, {"05/03/2024 24", "dd/MM/yyyy kk"}, {"05/03/2024 0", "dd/MM/yyyy k"},
            {"05/03/2024 24", "dd/MM/yyyy HH"}, {"05/03/2024 24:00", "dd/MM/yyyy HH:mm"}, {"05/03/2024 25", "dd/MM/yyyy HH"},
            {"05/03/2024 10:20", "dd/MM/yyyy HH:mm"}, {"05/03/2024 10:60", "dd/MM/yyyy HH:mm"}, {"05/03/2024 :20", "dd/MM/yyyy :mm"},
            {"05/03/2024 10:20:30.5", "dd/MM/yyyy HH:mm:ss.S"}, {"05/03/2024 10:20:30.123", "dd/MM/yyyy HH:mm:ss.SSS"},
            {"05/03/2024 10:20:30.12", "dd/MM/yyyy HH:mm:ss.SSS"}, {"05/03/2024 10:20:30.1234", "dd/MM/yyyy HH:mm:ss.SSS"},
            {"20240305", "yyyyMMdd"}, {"20240305102030", "yyyyMMddHHmmss"}, {"20240305102030123", "yyyyMMddHHmmssSSS"},
            {"2024030510", "yyyyMMddHH"}, {"240305", "yyMMdd"}, {"2024035", "yyyyMMd"}, {"20240305T1020", "yyyyMMdd'T'HHmm"},
            {"120240305", "yyyyMMdd"}, {"20240305", "uuuuMMdd"}, {"532024", "dMyyyy"}, {"0503", "ddMM"},
            {"2024-03-05 10:20:30 +0100", "yyyy-MM-dd HH:mm:ss Z"}, {"2024-03-05 10:20:30 +01:00", "yyyy-MM-dd HH:mm:ss XXX"},
            {"2024-03-05 10:20:30 Z", "yyyy-MM-dd HH:mm:ss XXX"}, {"2024-03-05 10:20:30 Z", "yyyy-MM-dd HH:mm:ss xxx"},
            {"2024-03-05 10:20:30 +01", "yyyy-MM-dd HH:mm:ss X"}, {"2024-03-05 10:20:30 +0130", "yyyy-MM-dd HH:mm:ss X"},
            {"2024-03-05 10:20:30 +01:00", "yyyy-MM-dd HH:mm:ss X"}, {"2024-03-05 10:20:30 +0100", "yyyy-MM-dd HH:mm:ss XXX"},
            {"2024-03-05 10:20:30 GMT+1", "yyyy-MM-dd HH:mm:ss O"}, {"2024-03-05 10:20:30 GMT+01:00", "yyyy-MM-dd HH:mm:ss OOOO"},
            {"2024-03-05 10:20:30 GMT", "yyyy-MM-dd HH:mm:ss O"}, {"2024-03-05 10:20:30 GMT-03:30", "yyyy-MM-dd HH:mm:ss O"},
            {"2024-03-05 10:20:30 GMT+01:00", "yyyy-MM-dd HH:mm:ss ZZZZ"}, {"2024-03-05 10:20:30 Z", "yyyy-MM-dd HH:mm:ss ZZZZZ"},
            {"2024-03-05 10:20:30 Europe/Paris", "yyyy-MM-dd HH:mm:ss VV"}, {"2024-03-05 10:20:30 europe/paris", "yyyy-MM-dd HH:mm:ss VV"},
            {"2024-03-05 10:20:30 +01:00", "yyyy-MM-dd HH:mm:ss VV"}, {"2024-03-05 10:20:30 UTC+2", "yyyy-MM-dd HH:mm:ss VV"},
            {"2024-03-05 10:20:30 Z", "yyyy-MM-dd HH:mm:ss VV"}, {"2024-03-05 10:20:30 Nope/X", "yyyy-MM-dd HH:mm:ss VV"},
            {"2024-03-05 10:20:30 CET", "yyyy-MM-dd HH:mm:ss z"}, {"2024-03-05 10:20:30 UTC", "yyyy-MM-dd HH:mm:ss z"},
            {"2024-03-05 10:20:30 GMT", "yyyy-MM-dd HH:mm:ss z"}, {"2024-03-05 10:20:30 JST", "yyyy-MM-dd HH:mm:ss z"},
            {"2024-03-05 10:20:30 Asia/Tokyo", "yyyy-MM-dd HH:mm:ss z"}, {"2024-03-05 10:20:30 XYZ", "yyyy-MM-dd HH:mm:ss z"}, {"2024-03-05 10:20:30 EST", "yyyy-MM-dd HH:mm:ss z"},
            {"2024-07-05 10:20:30 EDT", "yyyy-MM-dd HH:mm:ss z"}, {"2024-03-05 10:20:30 PST", "yyyy-MM-dd HH:mm:ss z"},
            {"2024-03-05 10:20:30 CST", "yyyy-MM-dd HH:mm:ss z"}, {"2024-03-05 10:20:30 CEST", "yyyy-MM-dd HH:mm:ss z"},
            {"2024-03-05 10:20:30 BST", "yyyy-MM-dd HH:mm:ss z"}, {"2024-03-05 10:20:30 MSK", "yyyy-MM-dd HH:mm:ss z"},
            {"2024-03-05 10:20:30 Central European Standard Time", "yyyy-MM-dd HH:mm:ss zzzz"},
            {"2024-03-05 10:20:30 Eastern Standard Time", "yyyy-MM-dd HH:mm:ss zzzz"}, {"2024-03-05 10:20:30 IST", "yyyy-MM-dd HH:mm:ss z"},
            {"2024-03-05 10:20:30 AEST", "yyyy-MM-dd HH:mm:ss z"}, {"2024-03-05 10:20:30 MST", "yyyy-MM-dd HH:mm:ss z"},
            {"2024-03-05 10:20:30 SAST", "yyyy-MM-dd HH:mm:ss z"}, {"2024-03-05 10:20:30 EET", "yyyy-MM-dd HH:mm:ss z"},
            {"2024-03-05 10:20:30 ET", "yyyy-MM-dd HH:mm:ss v"}, {"2024-03-05 10:20:30 PT", "yyyy-MM-dd HH:mm:ss z"},
            {"2024-03-05 10:20:30 Central European Standard Time", "yyyy-MM-dd HH:mm:ss z"}, {"2024-03-05 10:20:30 JST", "yyyy-MM-dd HH:mm:ss zzzz"},
            {"2024-03-05 10:20:30 Japan Standard Time", "yyyy-MM-dd HH:mm:ss zzzz"}, {"2024-03-05 10:20:30 +01:00", "yyyy-MM-dd HH:mm:ss z"}, {"2024-03-05 10:20:30 Z", "yyyy-MM-dd HH:mm:ss z"},
            {"2024-03-05 10:20:30 UTC+01:00", "yyyy-MM-dd HH:mm:ss VV"}, {"2024-03-05 10:20:30 GMT-03:30", "yyyy-MM-dd HH:mm:ss VV"},
            {"2024-03-31 02:30:00 Europe/Paris", "yyyy-MM-dd HH:mm:ss VV"}, {"2024-10-27 02:30:00 Europe/Paris", "yyyy-MM-dd HH:mm:ss VV"},
            {"2024-03-05", "yyyy-MM-dd[ HH:mm]"}, {"2024-03-05 10:20", "yyyy-MM-dd[ HH:mm]"}, {"2024-03-05 10", "yyyy-MM-dd[ HH:mm]"},
            {"2024-03-05 10:20", "[yyyy-MM-dd][dd/MM/yyyy] HH:mm"}, {"05/03/2024 10:20", "[yyyy-MM-dd][dd/MM/yyyy] HH:mm"},
            {"2024-03-05T10:20:30", "yyyy-MM-dd'T'HH:mm:ss"}, {"2024-03-05t10:20:30", "yyyy-MM-dd'T'HH:mm:ss"},
            {"2024 o'clock 03 05", "yyyy 'o''clock' MM dd"}, {"2024-03-05x", "yyyy-MM-dd"}, {"2024-03-05", "dd/MM/yyyy"},
            {"44 BC 03 15", "y G MM dd"}, {"44 AD 03 15", "y G MM dd"}, {"2024 Anno Domini 3 5", "yyyy GGGG M d"},
            {"2024 Q1 5", "yyyy QQQ d"}, {"Q1 2024-03-05", "QQQ yyyy-MM-dd"}, {"Q2 2024-03-05", "QQQ yyyy-MM-dd"},
            {"1709634030", "A"}, {"2024-03-05 37230123", "yyyy-MM-dd A"}, {"2024-03-05 37230000000001", "yyyy-MM-dd N"},
            {"2024-03-05 5", "yyyy-MM-dd n"}, {"2024-03-05 10 500", "yyyy-MM-dd H n"}, {"2024-03-05  7", "yyyy-MM-dd ppH"},
            {"2024-03-05 in the morning 8", "yyyy-MM-dd B h"}, {"2024-03-05 in the afternoon", "yyyy-MM-dd B"},
            {"2024-03-05 10:20 10:20", "yyyy-MM-dd HH:mm HH:mm"}, {"2024-03-05 10:20 10:21", "yyyy-MM-dd HH:mm HH:mm"},
            {"5 2024-03", "e yyyy-MM"}, {"3 2024-03-05", "e yyyy-MM-dd"}, {"4 2024-03-05", "e yyyy-MM-dd"}, {"", "yyyy"},
            {"2024-03-05", "b"}, {"2024-03-05", "yyyy-mm-dd"}, {"2024-03-05 10:20", "YYYY-MM-dd HH:mm"}, {"3/5/24, 10:20 AM", "short"},
            {"Mar 5, 2024, 10:20:30 AM", "medium"}, {"-5 01 01", "uuuu MM dd"}, {"-0005 01 01", "uuuu MM dd"}, {"+2024 01 01", "uuuu MM dd"},
            {"2 5 3 2024", "W d M yyyy"}, {"10 2024-03-05", "w yyyy-MM-dd"}, {"2024-03-05 at night 9:00", "yyyy-MM-dd B h:mm"},
            {"2024-03-05 in the morning 12:30", "yyyy-MM-dd B h:mm"}, {"2024-03-05 in the evening 2:22", "yyyy-MM-dd B h:mm"},
            {"2024-03-05 in the morning 13:00", "yyyy-MM-dd B HH:mm"}, {"2024-03-05 60374", "yyyy-MM-dd g"}, {"60374", "g"},
            {"2024-03-05 60375", "yyyy-MM-dd g"}, {"2024-03-05 T 3", "yyyy-MM-dd EEEEE e"}, {"2024-03-05 10:20 GMT+1:60", "yyyy-MM-dd HH:mm O"}, {"2024-03-05 AM", "yyyy-MM-dd a"},
            {"2024-03-05 PM", "yyyy-MM-dd a"}, {"0044-03-15 -0043", "yyyy-MM-dd uuuu"}, {"2024-03-05 UTC-x", "yyyy-MM-dd z'-x'"},
            {"2024-03-05 10:20 Z Europe/Paris", "yyyy-MM-dd HH:mm VV VV"}, {"102", "wWe"},
            {"2024-03-05 37230123 37230123456789", "yyyy-MM-dd A N"}, {"2024-03-05 at night PM", "yyyy-MM-dd B a"}, {"1 3 2024 2", "F M yyyy e"}};
        for (String[] pair : pairs) read(pair[0], pair[1], "Europe/Paris", "");
        for (String number : new String[] {"0", "1709634030", "-1", "1709634030123", "1709634030123456789", "253402300800"}) {
            print("long:" + number, ALL, "Asia/Tokyo", "");
        }
    }

    private static void adding() {
        for (ChronoUnit unit : ChronoUnit.values()) {
            add(AFTERNOON, "1", unit.name(), "UTC");
            add("2024-03-30T02:30:00+01:00[Europe/Paris]", "1", unit.name(), "Europe/Paris");
            add("2024-10-26T02:30:00+02:00[Europe/Paris]", "25", unit.name(), "Europe/Paris");
            add("2024-01-31T10:00:00", "-3", unit.name(), "America/New_York");
        }
        String[][] rows = {
            {"2024-01-31T00:00:00Z", "1", "MONTHS"}, {"2024-02-29T00:00:00Z", "1", "YEARS"}, {"2024-02-29T00:00:00Z", "-4", "YEARS"},
            {"2024-02-29", "12", "MONTHS"}, {"2024-03-31T01:30:00", "1", "HOURS"}, {"2024-03-30T02:30:00", "1", "DAYS"},
            {"2024-03-30T02:30:00", "24", "HOURS"}, {"2024-10-27T02:30:00", "1", "HOURS"}, {"2024-10-26T02:30:00", "1", "DAYS"},
            {"2024-10-27T02:30:00+01:00[Europe/Paris]", "-1", "HOURS"}, {"2024-10-27T02:30:00+01:00[Europe/Paris]", "0", "DAYS"},
            {"2024-03-05T00:00:00Z", "0", "DAYS"}, {"2024-03-05T00:00:00Z", "-0", "DAYS"}, {"2024-03-05T00:00:00Z", "+5", "DAYS"},
            {"2024-03-05T00:00:00Z", "999999999999", "NANOS"}, {"2024-03-05T00:00:00Z", "-999999999", "MICROS"},
            {"2024-03-05T00:00:00Z", "9223372036854775807", "SECONDS"}, {"2024-03-05T00:00:00Z", "9223372036854775807", "NANOS"},
            {"2024-03-05T00:00:00Z", "1", "days"}, {"2024-03-05T00:00:00Z", "1", "DAY"}, {"2024-03-05T00:00:00Z", "1", "FORTNIGHTS"}};
        for (String[] row : rows) add(row[0], row[1], row[2], "Europe/Paris");
    }

    private static void numbers() {
        String[] patterns = {"", "#", "0", "00", "000", "#.#", "#.##", "0.0", "0.00", "0.###", "#,##0", "#,##0.00", "#,##0.###", "#,###",
            "#,####", "#,##,##0", "0,000", "00,00.0", ".00", ".##", "#.", "0.", "#%", "0%", "0.0%", "00.00%", "%0", "‰0", "0‰", "0.#‰", "¤0.00",
            "0.00;(0.00)", "0.00;(#)", "0;0-", "#,##0.00;-#,##0.00", "0.0;'neg' 0.0", "'#'0", "'#'#", "#'%'", "0 'o''clock'", "''0''",
            "$#,##0.00", "0.00 €", "0 items", "(0)", "+0;-0", "0E0", "0.###E0", "00.###E0", "##0.##E0", "##0.#####E0", "#0.0E00",
            "0.00E000", "0.0E0%", "###E0", "#.##E0", ".00E0", "0.###E0;(0.###E0)", "000000000000000000000000", "0.0000000000000000000000",
            "#.####################"};
        String[] inputs = {"long:0", "long:5", "long:-5", "long:1234567", "double:0.0", "double:-0.0", "double:0.5", "double:1.5",
            "double:2.5", "double:-2.5", "double:1.005", "double:0.125", "double:1234567.895", "double:-1234.5678", "double:0.004",
            "double:-0.004", "double:1.0E-10", "double:1.5E21", "double:NaN", "double:Infinity", "double:-Infinity",
            "decimal:12345678901234567890.125", "decimal:-0.00005"};
        for (String pattern : patterns) for (String input : inputs) number(input, pattern);
        for (String input : new String[] {"long:9223372036854775807", "long:-9223372036854775808", "double:1.7976931348623157E308",
            "double:2.2250738585072014E-308", "double:0.285", "double:2.345", "double:8.345", "double:1.115", "double:0.15", "double:0.25", "double:0.35",
            "double:0.045", "double:1.0E15", "double:123456789.123456789", "double:0.1", "double:0.3", "double:100.0", "double:999.995",
            "double:0.9999", "double:9.995E10", "float:1.1", "float:0.3", "float:16777216", "decimal:0.285", "decimal:2.345",
            "decimal:0.5", "decimal:1.5", "decimal:100000000000000000000", "decimal:-99999999999999999999.995", "long:12345", "long:123456",
            "double:12345.0", "double:0.00012345", "double:-0.00001"}) {
            for (String pattern : new String[] {"0", "0.00", "#.##", "#,##0.###", "0.00%", "##0.##E0", "0.000E0", "#.#####################"}) {
                number(input, pattern);
            }
        }
        for (String pattern : new String[] {"0#", "#0#", "0.#0", "0.0.0", "#,", ",#", "0,", "#,0.0,0", "0;0;0", "'0", "0.0#0", "E0", "0E", "0E#", "#,##0E0",
            "0x0", "%%0", "0%%", "%0%", "0%‰", "abc", "'abc'", "", ";", "0;", ";0", "-0", "-#", "0-", "0.0,0", "#,#0.#,#", "0 0", "0'a'0", "00E", ","}) {
            for (String input : new String[] {"long:1234", "double:-0.75"}) number(input, pattern);
        }
    }

    private static void random(Random random, int count) {
        // Zones whose rules have not changed of late.
        String[] zones = {"UTC", "Europe/Paris", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Asia/Kolkata",
            "Australia/Sydney", "+02:00", "-03:30", "UTC+5", "Asia/Kathmandu", "Pacific/Auckland", "Europe/Berlin", "Z", "GMT"};
        String[] locales = {"", "", "en", "fr", "de", "es", "it", "pt", "nl", "pl", "sv", "ja", "zh", "en_GB", "de_DE", "pt_BR", "ru_RU"};
        String letters = "GuyYMLDdQqEecwWFaBhHkKmsSAnNgVzOXxZ";
        String[] between = {"-", "/", ":", " ", "", "'T'", ", ", ".", "[", "]"};
        String[] usual = {"uuuu-MM-dd HH:mm:ss", "d MMM uuuu H:m", "MM/dd/yyyy hh:mm a", "EEEE d MMMM uuuu HH:mm:ss.SSS", "yyyyMMddHHmmss",
            "uuuu-DDD HH:mm", "YYYY-'W'ww-e HH:mm", "uuuu-MM-dd'T'HH:mm:ssXXX", "d/M/yy h:mm:ss a Z", "uuuu-MM-dd HH:mm:ss VV", "dMMMuuuu",
            "uuuu-MM-dd[ HH:mm[:ss]]", "E, d MMM yyyy HH:mm:ss O", "uuuu-MM-dd B h:mm", "uuuu-MM-dd a", "y-MM-dd B", "G y M d k:mm", "uuuu-MM-dd A", "uuuu QQQ MMM d"};
        for (int i = 0; i < count; i++) {
            long second = random.nextInt(4) == 0 ? random.nextLong() % 400_000_000_000L : random.nextInt(2_000_000_000);
            Instant instant = Instant.ofEpochSecond(second, random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000_000));
            String zone = zones[random.nextInt(zones.length)];
            String locale = locales[random.nextInt(locales.length)];
            StringBuilder pattern = new StringBuilder();
            for (int parts = 1 + random.nextInt(6); parts > 0; parts--) {
                pattern.append(String.valueOf(letters.charAt(random.nextInt(letters.length()))).repeat(1 + random.nextInt(random.nextInt(5) + 1)));
                pattern.append(between[random.nextInt(between.length)]);
            }
            switch (i % 4) {
                case 0 -> print(instant.toString(), pattern.toString(), zone, locale);
                case 1 -> {
                    String form = random.nextBoolean() ? usual[random.nextInt(usual.length)] : "uuuu-MM-dd " + pattern;
                    try {
                        StringBuilder text = new StringBuilder(format(instant.atZone(ZoneId.of(zone)), form, zone, ""));
                        if (random.nextInt(3) == 0 && text.length() > 0) {
                            text.setCharAt(random.nextInt(text.length()), "0123456789 -:+aZ".charAt(random.nextInt(16)));
                        }
                        read(text.toString(), form, zone, "");
                    } catch (DateTimeException | IllegalArgumentException refused) {
                        read("1", form, zone, "");
                    }
                }
                case 2 -> add(instant.toString(), String.valueOf(random.nextInt(500) - 250),
                    ChronoUnit.values()[random.nextInt(14)].name(), zone);
                default -> {
                    String all = "##00,.%E0;'-#0.## x";
                    StringBuilder form = new StringBuilder();
                    for (int parts = random.nextInt(9); parts > 0; parts--) form.append(all.charAt(random.nextInt(all.length())));
                    double number = random.nextInt(3) == 0 ? random.nextInt(2000) / 1000.0
                        : (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(12) - 3);
                    if (random.nextBoolean()) number = Math.round(number * 1000) / 1000.0;
                    number(random.nextInt(4) == 0 ? "long:" + random.nextLong() / (random.nextInt(1_000_000) + 1)
                        : random.nextInt(4) == 0 ? "decimal:" + new BigDecimal(random.nextInt()).movePointLeft(random.nextInt(9)).toPlainString()
                        : "double:" + number, form.toString());
                }
            }
        }
    }

    private static void print(String input, String pattern, String zone, String locale) {
        row("print", input, pattern, zone, locale, "", () -> format(moment(input, "", zone), pattern, zone, locale));
    }

    private static void read(String text, String existing, String zone, String locale) {
        row("read", text, ALL + "'/'VV", zone, locale, existing, () -> format(moment(text, existing, zone), ALL + "'/'VV", zone, locale));
    }

    private static void add(String input, String amount, String unit, String zone) {
        row("add", input, ALL, zone, "", amount + " " + unit, () -> format(
            moment(input, "", zone).plus(Long.parseLong(amount), ChronoUnit.valueOf(unit)), ALL, zone, ""));
    }

    private static void number(String input, String pattern) {
        row("number", input, pattern, "", "", "", () -> {
            DecimalFormat format = new DecimalFormat(pattern, new DecimalFormatSymbols(Locale.US));
            String text = input.substring(input.indexOf(':') + 1);
            if (input.startsWith("long:")) return format.format(Long.valueOf(text));
            if (input.startsWith("double:")) return format.format(Double.valueOf(text));
            if (input.startsWith("float:")) return format.format((Object) Float.valueOf(text));
            return format.format(new BigDecimal(text));
        });
    }

    private static ZonedDateTime moment(String text, String existing, String zone) {
        ZoneId id = ZoneId.of(zone);
        if (text.startsWith("long:")) {
            long number = Long.parseLong(text.substring(5));
            int digits = String.valueOf(number).length();
            if (digits == 13) return Instant.ofEpochMilli(number).atZone(id);
            if (digits == 19) return Instant.ofEpochSecond(number / 1_000_000_000, number % 1_000_000_000).atZone(id);
            return Instant.ofEpochSecond(number).atZone(id);
        }
        boolean iso = existing.isEmpty();
        try {
            return iso ? ZonedDateTime.parse(text) : ZonedDateTime.parse(text, formatter(existing));
        } catch (DateTimeParseException notZoned) {
            try {
                return (iso ? LocalDateTime.parse(text) : LocalDateTime.parse(text, formatter(existing))).atZone(id);
            } catch (DateTimeParseException notLocal) {
                return (iso ? LocalDate.parse(text) : LocalDate.parse(text, formatter(existing))).atStartOfDay().atZone(id);
            }
        }
    }

    private static DateTimeFormatter formatter(String format) {
        if (STYLES.containsKey(format)) return DateTimeFormatter.ofLocalizedDateTime(STYLES.get(format));
        DateTimeFormatter named = NAMED.get(format);
        return named != null ? named : DateTimeFormatter.ofPattern(format);
    }

    private static String format(ZonedDateTime date, String pattern, String zone, String locale) {
        return formatter(pattern).withLocale(locale(locale)).withZone(ZoneId.of(zone)).format(date);
    }

    /** `fr`, `fr_FR` and `fr-FR`; other texts are refused as servers do. */
    private static Locale locale(String name) {
        if (name.isEmpty()) return Locale.US;
        if (!name.matches("[a-z]{2,3}([_-]([A-Z]{2}|[0-9]{3}))?")) throw new IllegalArgumentException(name);
        return name.length() > 3 ? new Locale(name.split("[_-]")[0], name.split("[_-]")[1]) : new Locale(name);
    }

    private interface Work {
        String text();
    }

    private static void row(String kind, String input, String pattern, String zone, String locale, String more, Work work) {
        String text;
        try {
            text = "=" + work.text();
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException refusal) {
            text = "error";
        }
        OUT.println(String.join("\t", kind, escaped(input), escaped(pattern), escaped(zone), locale, escaped(more), escaped(text)));
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '\\' || c == '\t' || c == '\u00a0' || c == '\u202f' || c == '\u2009' || c == '\u200e') {
                result.append(String.format("\\u%04x", (int) c));
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }
}
