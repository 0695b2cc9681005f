package dev.headroom.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.error.CannotStartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, postgres-linux-x86_64.txz",
        "Linux, aarch64, postgres-linux-arm_64.txz",
        "Mac OS X, aarch64, postgres-darwin-arm_64.txz",
        "Mac OS X, x86_64, postgres-darwin-x86_64.txz",
    })
    void every_supported_machine_has_its_archive(String system, String processor, String archive) {
        assertThat(Platform.archive(system, processor)).isEqualTo(archive);
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Linux, s390x"})
    void any_other_is_told_to_bring_its_own_database(String system, String processor) {
        assertThatExceptionOfType(CannotStartException.class).isThrownBy(() -> Platform.archive(system, processor))
                .withMessageContaining(processor).withMessageContaining("--database-url");
    }

    @Test
    void the_build_packs_the_archive_of_this_machine() {
        assertThat(PlatformTest.class.getResource("/" + Platform.archive())).isNotNull();
    }
}
