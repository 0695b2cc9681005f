package dev.headroom.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.error.CannotStartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgres://ann:pw@db:5432/app                                | jdbc:postgresql://db:5432/app                | ann   | pw
            postgresql://ann:pw@db/app                                   | jdbc:postgresql://db/app                     | ann   | pw
            postgres://ann@db/app                                        | jdbc:postgresql://db/app                     | ann   | ''
            postgres://a%40b:p%2Fw%3A%20+@db/app                         | jdbc:postgresql://db/app                     | a@b   | p/w: +
            postgres://ann:p:w@db/app                                    | jdbc:postgresql://db/app                     | ann   | p:w
            postgres://ann:pw@db/app?sslmode=require                     | jdbc:postgresql://db/app?sslmode=require     | ann   | pw
            postgres://ann:pw@[::1]:6000/app                             | jdbc:postgresql://[::1]:6000/app             | ann   | pw
            postgres://ann:pw@one:1,two:2/app                            | jdbc:postgresql://one:1,two:2/app            | ann   | pw
            jdbc:postgresql://db:5432/app?user=ann&password=p%26w        | jdbc:postgresql://db:5432/app                | ann   | p&w
            jdbc:postgresql://db/app?password=pw&ssl=true&user=ann       | jdbc:postgresql://db/app?ssl=true            | ann   | pw
            """)
    void reads_every_common_way_of_writing_it(String text, String jdbcUrl, String user, String password) {
        assertThat(DatabaseUrl.parse(text)).isEqualTo(new DatabaseUrl(jdbcUrl, user, password));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mysql://ann:secret@db/app          | does not begin with postgres://
            db:5432/app                        | does not begin with postgres://
            postgres://ann:secret@/app         | no host
            postgres://ann:secret@db:x/app     | no host, or a port that is no number
            postgres://ann:secret@db           | no database
            postgres://ann:secret@db/          | no database
            postgres://db/app                  | no user
            postgres://ann:secret^@db/app      | percent-encoded
            postgres://ann:secret%zz@db/app    | percent-encoded
            """)
    void says_what_is_missing_and_keeps_the_password_to_itself(String text, String why) {
        assertThatExceptionOfType(CannotStartException.class).isThrownBy(() -> DatabaseUrl.parse(text))
                .withMessageContaining(why)
                .withMessageContaining("postgres://user:password@host:5432/database")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://ann:secret@db:5432/app?sslmode=require", "jdbc:postgresql://db:5432/app?user=ann&password=secret"})
    void is_printed_without_the_password(String text) {
        assertThat(DatabaseUrl.parse(text)).hasToString("DatabaseUrl[ann at db:5432/app]");
    }

    @Test
    void an_unreachable_server_is_one_sentence() {
        DatabaseUrl nobodyListens = DatabaseUrl.parse("postgres://ann:secret@127.0.0.1:1/app");

        assertThatExceptionOfType(CannotStartException.class).isThrownBy(() -> Reachability.require(nobodyListens))
                .withMessage("The database at 127.0.0.1:1/app cannot be reached: the connection is refused; start it, or correct the database URL.");
    }
}
