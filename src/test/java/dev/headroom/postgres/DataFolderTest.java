package dev.headroom.postgres;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.error.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void a_file_in_its_place_is_one_sentence() throws IOException {
        Path file = Files.createFile(folder.resolve("data"));

        assertThatExceptionOfType(CannotStartException.class).isThrownBy(() -> EmbeddedPostgres.start(file, Durability.MEMORY))
                .withMessageContaining("The data folder " + file + " cannot be used:")
                .withMessageContaining("choose another with --data");
    }

    @Test
    void a_file_in_the_place_of_its_parts_is_one_sentence() throws IOException {
        Files.createFile(folder.resolve("postgres"));

        assertThatExceptionOfType(CannotStartException.class).isThrownBy(() -> EmbeddedPostgres.start(folder, Durability.MEMORY))
                .withMessageContaining(folder.resolve("postgres") + " is not a folder");
    }

    @Test
    void a_full_disk_is_one_sentence_whoever_meets_it() {
        IOException met = new IOException("write failed: No space left on device");
        String said = "initdb: error: could not write to file \"x\": No space left on device";

        assertFull(Refusal.unusable(folder, met));
        assertFull(Refusal.failed(folder, "PostgreSQL could not create its database", said, folder.resolve("log")));
    }

    @Test
    void any_other_failure_repeats_the_last_telling_line_and_names_the_log() {
        String said = "FATAL:  first\n2026-11-21 19:58:02 UTC [7] FATAL:  database files are incompatible with server\npg_ctl: could not start server";

        CannotStartException refused = Refusal.failed(folder, "PostgreSQL did not start", said, Path.of("/x/postgres.log"));

        assertThatExceptionOfType(CannotStartException.class).isThrownBy(() -> { throw refused; })
                .withMessage("PostgreSQL did not start: FATAL:  database files are incompatible with server (the whole story is in /x/postgres.log).");
    }

    private void assertFull(CannotStartException refused) {
        assertThatExceptionOfType(CannotStartException.class).isThrownBy(() -> { throw refused; })
                .withMessage("The disk with the data folder %s is full; free some space, or choose another folder with --data.", folder);
    }
}
