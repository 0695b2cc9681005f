package dev.headroom.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.error.CannotStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    /** One for all tests: unpacking the programs takes longer than everything else here. */
    @TempDir
    static Path data;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() {
        postgres = EmbeddedPostgres.start(data, Durability.DISK);
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    @Test
    void a_commit_is_on_disk_and_texts_sort_alike_everywhere() throws SQLException {
        assertThat(ask("show fsync")).isEqualTo("on");
        assertThat(ask("show synchronous_commit")).isEqualTo("on");
        assertThat(ask("show full_page_writes")).isEqualTo("on");
        assertThat(ask("show data_checksums")).isEqualTo("on");
        assertThat(ask("show server_encoding")).isEqualTo("UTF8");
        assertThat(ask("select datlocale from pg_database where datname = current_database()")).isEqualTo("C.UTF-8");
        assertThat(ask("select string_agg(name, '' order by name) from (values ('b'), ('ä'), ('B'), ('a')) names (name)")).isEqualTo("Babä");
        assertThat(ask("select upper('ä')")).isEqualTo("Ä");
    }

    @Test
    void only_this_machine_reaches_it_and_only_with_the_password() throws Exception {
        assertThat(ask("show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ask("select string_agg(distinct auth_method, ',') from pg_hba_file_rules")).isEqualTo("scram-sha-256");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong"))
                .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
        Path password = data.resolve("postgres/password");
        assertThat(password).hasContent(postgres.password());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password))).isEqualTo("rw-------");
    }

    @Test
    void a_wrong_password_or_database_of_ones_own_is_one_sentence() {
        String place = postgres.jdbcUrl().substring("jdbc:postgresql://".length());

        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> Reachability.require(DatabaseUrl.parse("postgres://headroom:wrong@" + place)))
                .withMessageContaining("refuses the user headroom");
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> Reachability.require(new DatabaseUrl(postgres.jdbcUrl() + "s", postgres.user(), postgres.password())))
                .withMessageContaining("has no such database");
    }

    @Test
    void data_outlives_a_restart_and_a_start_that_was_cut_short() throws Exception {
        execute("create table kept as select 42 as answer");
        postgres.close();
        Files.createDirectories(data.resolve("postgres/unpacking/half"));
        Files.createDirectories(data.resolve("postgres/initialising/half"));

        start();

        assertThat(ask("select answer from kept")).isEqualTo("42");
    }

    @Test
    void a_stop_waits_for_nobody_who_is_connected() throws SQLException {
        try (Connection open = connect(); Statement statement = open.createStatement()) {
            statement.execute("begin; create table unfinished (answer int)");

            postgres.close();

            assertThat(open.isValid(1)).isFalse();
        }
        start();
        assertThat(ask("select to_regclass('unfinished')")).isNull();
    }

    @Test
    void a_second_headroom_on_the_folder_is_refused_and_the_first_goes_on() throws SQLException {
        assertThatExceptionOfType(CannotStartException.class).isThrownBy(() -> EmbeddedPostgres.start(data, Durability.DISK))
                .withMessage("The data folder %s is in use by another Headroom (process %d); stop that one, or choose another folder with --data.",
                        data, ProcessHandle.current().pid());

        assertThat(ask("select 1")).isEqualTo("1");
    }

    @Test
    void a_server_that_was_killed_recovers_what_was_committed() throws Exception {
        execute("create table committed as select 42 as answer");
        killServer();
        postgres.close();

        start();

        assertThat(ask("select answer from committed")).isEqualTo("42");
    }

    @Test
    void a_pid_file_whose_number_went_to_another_process_is_no_obstacle() throws Exception {
        Path pidFile = data.resolve("postgres/data/postmaster.pid");
        List<String> lines = Files.readAllLines(pidFile);
        postgres.close();
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);

        start();

        assertThat(ask("select 1")).isEqualTo("1");
    }

    @Test
    void the_orphan_of_a_headroom_that_was_killed_is_stopped_first() throws Exception {
        postgres.close();
        Process killed = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), OtherHeadroom.class.getName(), data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        long orphan = Long.parseLong(killed.inputReader().readLine());
        assertThatExceptionOfType(CannotStartException.class).isThrownBy(this::start)
                .withMessageContaining("in use by another Headroom (process " + killed.pid() + ")");
        killed.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(orphan)).hasValueSatisfying(process -> assertThat(process.isAlive()).isTrue());

        start();

        assertThat(ask("select answer from committed_before_the_kill")).isEqualTo("42");
        assertThat(serverProcess()).isNotEqualTo(orphan);
    }

    private void killServer() throws Exception {
        ProcessHandle.of(serverProcess()).orElseThrow().destroyForcibly();
    }

    private long serverProcess() throws Exception {
        return serverProcess(data);
    }

    static long serverProcess(Path data) throws Exception {
        return Long.parseLong(Files.readAllLines(data.resolve("postgres/data/postmaster.pid")).getFirst());
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
