import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.apache.commons.lang3.math.NumberUtils;

/**
 * Prints what the filter `number` makes of texts: the class and the value, one row a line.
 *
 * <pre>javac -cp commons-lang3.jar Numbers.java && java -cp commons-lang3.jar:. Numbers > numbers.tsv</pre>
 */
public final class Numbers {
    private static final String[] TEXTS = {"0", "1", "-1", "+1", "00", "007", "-0", "12", "2147483647", "2147483648", "-2147483648", "-2147483649",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "123456789012345678901234567890",
        "1.0", "1.5", "-1.5", "+1.5", ".5", "5.", "-.5", "0.1", "1.1234567", "1.12345678", "1.1234567890123456", "1.12345678901234567",
        "123456.789", "1234567.8", "12345678.9", "123456789.123", "3.4028235E38", "3.5E38", "1E-50", "1E400", "1e5", "1E5", "1e+5",
        "1e-5", "1.5e3", "1E", "e5", "1e5e5", "1.2.3", "0x1F", "0X1f", "-0x1F", "+0x1F", "#1F", "-#1F", "0x7FFFFFFF", "0x80000000", "0xFFFFFFFF",
        "0x7FFFFFFFFFFFFFFF", "0x8000000000000000", "0xFFFFFFFFFFFFFFFF", "0x10000000000000000", "0x", "0xG", "010", "08", "0777", "-010", "0.0",
        "0.00", "-0.0", "0e0", "1L", "1l", "-1L", "9223372036854775808L", "1.5L", "1f", "1F", "1.5f", "1.5F", "1e400f", "1d", "1D", "1.5d", "1.5D",
        "1e400d", "1.1234567890123456789f", "1.1234567890123456789d", "0.1f", "1fd", "f", "L", "", " ", " 1", "1 ", "1,000", "1_000", "--1", "+-1",
        "NaN", "Infinity", "-Infinity", "null", "x", "12x", "1.5x", "true", "٣", "１２", "$5", "50%", "1/2", "0b101", "1.", ".", "-", "+", "0f", "0.0f",
        "0.0d", "1e-50f", "1e-400d", "100000000000000000000.5", "0.00000000000000000001", "16777217.0", "16777216.5", "0.30000001192092896",
        "99999999999.99", "3.14159265358979", "2.718281828", "1.0000000", "1.00000000", "12345.6789012345", "1.7976931348623157E308"};

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("# Source: org.apache.commons.lang3.math.NumberUtils "
            + NumberUtils.class.getPackage().getImplementationVersion() + ", printed by Numbers.java.");
        out.println("# text, type, class and value or `error`.");
        DecimalFormat format = new DecimalFormat("0.####################", new DecimalFormatSymbols(Locale.US));
        for (String type : new String[] {"", "INT", "LONG", "FLOAT", "DOUBLE", "BIGDECIMAL", "BIGINTEGER"}) {
            for (String text : TEXTS) {
                String result;
                try {
                    Number number = number(text, type);
                    result = number == null ? "null" : number.getClass().getName() + " " + format.format(number);
                } catch (NumberFormatException refused) {
                    result = "error";
                }
                out.println(text + "\t" + type + "\t" + result);
            }
        }
    }

    private static Number number(String text, String type) {
        return switch (type) {
            case "INT" -> NumberUtils.createInteger(text);
            case "LONG" -> NumberUtils.createLong(text);
            case "FLOAT" -> NumberUtils.createFloat(text);
            case "DOUBLE" -> NumberUtils.createDouble(text);
            case "BIGDECIMAL" -> NumberUtils.createBigDecimal(text);
            case "BIGINTEGER" -> NumberUtils.createBigInteger(text);
            default -> NumberUtils.createNumber(text);
        };
    }
}
