package dev.headroom.postgres;

import dev.headroom.error.CannotStartException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where somebody else's PostgreSQL is, and who we are there.
 *
 * @param jdbcUrl without user and password, so that it may be logged
 */
record DatabaseUrl(String jdbcUrl, String user, String password) {

    private static final String JDBC = "jdbc:";
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final String ENCODING = "a character in it must be percent-encoded, most likely in the password";
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\[\\]:,/\\s]+)(:\\d{1,5})?");

    /**
     * Reads {@code postgres://user:password@host:port/database}, the same with {@code postgresql:}, or JDBC's
     * {@code jdbc:postgresql://host:port/database?user=…&password=…}; percent-encoded, with any other parameters kept.
     *
     * @throws CannotStartException for anything else, saying what is missing and never repeating the password
     */
    static DatabaseUrl parse(String text) {
        String bare = text.strip();
        URI uri = uri(bare.startsWith(JDBC) ? bare.substring(JDBC.length()) : bare);
        if (!"postgres".equals(uri.getScheme()) && !"postgresql".equals(uri.getScheme())) {
            throw wrong("it does not begin with postgres://");
        }
        String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
        String hosts = authority.substring(authority.lastIndexOf('@') + 1);
        if (!Arrays.stream(hosts.split(",", -1)).allMatch(host -> HOST.matcher(host).matches())) {
            throw wrong("it names no host, or a port that is no number");
        }
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        if (!path.matches("/[^/]+")) {
            throw wrong("it names no database");
        }
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        String[] login = authority.substring(0, Math.max(0, authority.lastIndexOf('@'))).split(":", 2);
        String user = Optional.of(decode(login[0])).filter(name -> !name.isEmpty()).or(() -> parameter(query, USER))
                .orElseThrow(() -> wrong("it names no user"));
        String password = login.length > 1 ? decode(login[1]) : parameter(query, PASSWORD).orElse("");
        return new DatabaseUrl("jdbc:postgresql://" + hosts + path + withoutLogin(query), user, password);
    }

    /** Host, port and database, for people. */
    String place() {
        return jdbcUrl.replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*$", "");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseUrl[" + user + " at " + place() + "]";
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException problem) {
            throw wrong(ENCODING);
        }
    }

    private static Optional<String> parameter(String query, String name) {
        return parameters(query).filter(pair -> pair.startsWith(name + "=")).findFirst()
                .map(pair -> decode(pair.substring(name.length() + 1)));
    }

    private static String withoutLogin(String query) {
        String rest = parameters(query).filter(pair -> !pair.startsWith(USER + "=") && !pair.startsWith(PASSWORD + "="))
                .collect(Collectors.joining("&"));
        return rest.isEmpty() ? "" : "?" + rest;
    }

    private static Stream<String> parameters(String query) {
        return Arrays.stream(query.split("&")).filter(pair -> !pair.isEmpty());
    }

    /** A plus stays a plus: it is common in passwords, and means a space only in forms. */
    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException problem) {
            throw wrong(ENCODING);
        }
    }

    private static CannotStartException wrong(String why) {
        return new CannotStartException("The database URL is wrong: " + why
                + "; write it as postgres://user:password@host:5432/database (--database-url or DATABASE_URL).");
    }
}
