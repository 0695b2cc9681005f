package dev.headroom.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** A vendor's CI looks at a file and applies it: what it prints, and with what it ends. */
@HeadroomTest
class CatalogCommandTest {

    @Autowired
    Stories stories;

    @TempDir
    Path folder;

    private Story story;
    private String key;
    private Map<String, String> environment;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void aServer() {
        story = stories.begin();
        key = "command-" + story.key("x");
        environment = new HashMap<>(Map.of(
                "HEADROOM_URL", story.world().url() + "/", "HEADROOM_API_KEY", story.backend().credential(), "HEADROOM_FROM", folder.toString()));
    }

    private Ended run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new CatalogCommand(environment, new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8)).of(List.of(words));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void write(int flat) throws IOException {
        Files.writeString(folder.resolve("prices.yaml"), """
                catalog: 1
                products:
                  - key: $
                    name: Command
                    plans:
                      - key: $-plan
                        name: Plan
                        rank: 1
                        prices:
                          - {interval: MONTH, currency: USD, flat: %d}
                """.formatted(flat).replace("$", key));
    }

    @Test
    void aFileIsLookedAtAppliedAndWrittenAgain() throws IOException {
        write(100);
        Ended diff = run("diff", "prices.yaml");
        assertThat(diff.code()).isOne();
        assertThat(diff.err()).isEmpty();
        assertThat(diff.out()).contains("+ create product " + key, "+ create plan " + key + "-plan\n    It goes on sale at once: nobody is on it", "Month, USD: added, $1.00 a month");
        String fingerprint = diff.out().replaceAll("(?s).*Fingerprint ([0-9a-f]+):.*", "$1");

        Ended applied = run("apply", "prices.yaml", "--expect", fingerprint, "--reason=A test");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.out()).contains("+ create plan " + key + "-plan", "Applied.");
        assertThat(run("apply", "prices.yaml", "--expect", fingerprint)).as("sent again").isEqualTo(new Ended(0, "Nothing to do.\n", ""));
        Ended again = run("diff", "prices.yaml");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("No difference: what is sold is as prices.yaml says.");

        write(200);
        assertThat(run("apply", "prices.yaml", "--expect", fingerprint)).extracting(Ended::code, Ended::out).containsExactly(2, "");
        Ended drafted = run("apply", "prices.yaml");
        assertThat(drafted.code()).isZero();
        assertThat(drafted.out()).contains("~ draft plan " + key + "-plan", "Month, USD: $1.00 a month → $2.00 a month (+100", "wait to be published: " + key + "-plan");
        assertThat(run("diff", "prices.yaml").code()).as("what is sold is another until somebody publishes").isOne();

        assertThat(run("export", "all.yaml")).isEqualTo(new Ended(0, "", ""));
        assertThat(folder.resolve("all.yaml")).content().contains("catalog: 1", "key: " + key + "-plan", "flat: 100");
        assertThat(run("export").out()).isEqualTo(Files.readString(folder.resolve("all.yaml")));
    }

    @Test
    void whatIsWrongIsToldAsCompilersDo() throws IOException {
        write(-1);
        assertThat(run("diff", "prices.yaml")).isEqualTo(new Ended(2, "",
                "prices.yaml:10:52: error: A flat fee cannot be negative: -0.01 USD [products[0].plans[0].prices[0].flat]\n"));
        assertThat(run("apply", "prices.yaml").code()).isEqualTo(2);
        assertThat(run("apply", "prices.yaml").err()).startsWith("prices.yaml:10:52: error:");
    }

    @Test
    void whoCannotBeAskedIsSaidInOneSentence() throws IOException {
        write(1);
        assertThat(run("diff", "nothing.yaml")).isEqualTo(new Ended(2, "", "There is no file nothing.yaml.\n"));
        assertThat(run("forget", "prices.yaml").err()).isEqualTo("There is no catalog forget; there are export, diff and apply.\n");
        assertThat(run("diff").err()).startsWith("Say what to do with which file");
        assertThat(run("diff", "prices.yaml", "--key", "x").err()).isEqualTo("There is no option --key; ./headroom help lists all.\n");
        assertThat(run("diff", "prices.yaml", "--url").err()).isEqualTo("The option --url needs a value; ./headroom help shows how.\n");
        assertThat(run("diff", "prices.yaml", "--url", "nowhere").err()).startsWith("\"nowhere\" is no address of a Headroom");
        assertThat(run("diff", "prices.yaml", "--url", "http://127.0.0.1:1")).extracting(Ended::code).isEqualTo(2);
        assertThat(run("diff", "prices.yaml", "--url", story.world().url() + "/nothing/here").err()).contains("and nothing that a Headroom says");

        Files.writeString(folder.resolve("key"), story.backend().credential() + "\n");
        environment.remove("HEADROOM_API_KEY");
        assertThat(run("diff", "prices.yaml").err()).startsWith("Give an API key");
        assertThat(run("diff", "prices.yaml", "--key-file", "key").code()).isOne();
        environment.put("HEADROOM_API_KEY", "hr_wrong");
        assertThat(run("diff", "prices.yaml")).extracting(Ended::code).isEqualTo(2);
        assertThat(run("diff", "prices.yaml").err()).startsWith("UNAUTHENTICATED");
    }
}
