package dev.headroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.headroom.delivery.WebhookDelivery.Answer;
import dev.headroom.delivery.WebhookDelivery.Dispatch;
import dev.headroom.error.HeadroomException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call goes where was looked, and nowhere else; whoever answers there proves that it is the one that was named. */
class WebhookGatewayTest {

    private static final String NAME = "hooks.example.com";
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String PUBLIC = "93.184.216.34";

    private final List<String> called = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void somethingThatOnlyThisMachineReaches() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listen(server);
    }

    private void listen(HttpServer to) {
        to.createContext("/", exchange -> {
            called.add(exchange.getRequestHeaders().getFirst("Host") + " " + exchange.getRequestHeaders().getFirst("Content-Type"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        to.start();
    }

    @AfterEach
    void away() {
        server.stop(0);
    }

    @Test
    void aNameThatLeadsElsewhereOnceItWasLookedAtIsNotCalled() throws Exception {
        Names names = new Names(PUBLIC, "127.0.0.1");
        WebhookGateway gateway = new WebhookGateway(new DeliveryProperties(false, Duration.ofSeconds(5)), names, SSLContext.getDefault());
        String url = "https://" + NAME + ":" + server.getAddress().getPort() + "/";

        assertThat(gateway.required("input.url", url)).hasToString(url);
        Answer answer = send(gateway, url);

        assertThat(answer.status()).isNull();
        assertThat(answer.failure()).contains("not public");
        assertThat(names.left).as("it was looked up for the call, once, and not again for the connection").isEmpty();
        assertThat(called).isEmpty();
        assertThatThrownBy(() -> new WebhookGateway(new DeliveryProperties(false, Duration.ofSeconds(5)), new Names("127.0.0.1"), SSLContext.getDefault()).required("input.url", url))
                .isInstanceOfSatisfying(HeadroomException.class, refused -> assertThat(refused.field()).isEqualTo("input.url")).hasMessageContaining("not public");
    }

    @Test
    void theConnectionIsToTheAddressThatWasLookedUpAndTheNameIsStillTheNames() throws Exception {
        Names names = new Names("127.0.0.1");
        Answer answer = send(new WebhookGateway(new DeliveryProperties(true, Duration.ofSeconds(5)), names, SSLContext.getDefault()), "http://" + NAME + ":" + server.getAddress().getPort() + "/");

        assertThat(answer).isEqualTo(new Answer(204, null));
        assertThat(called).containsExactly(NAME + ":" + server.getAddress().getPort() + " application/cloudevents+json; charset=UTF-8");
    }

    @Test
    void theCertificateIsHeldAgainstTheName(@TempDir Path keys) throws Exception {
        SSLContext trusted = certified(keys.resolve("keys.p12"));
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(trusted));
        listen(secure);
        try {
            WebhookGateway gateway = new WebhookGateway(new DeliveryProperties(true, Duration.ofSeconds(5)), new Names("127.0.0.1", "127.0.0.1"), trusted);
            assertThat(send(gateway, "https://" + NAME + ":" + secure.getAddress().getPort() + "/").status()).isEqualTo(204);
            Answer other = send(gateway, "https://other.example.com:" + secure.getAddress().getPort() + "/");
            assertThat(other.status()).isNull();
            assertThat(other.failure()).contains("SSL", "other.example.com");
            assertThat(called).hasSize(1);
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void whoSendsALittleNowAndThenIsCutOff() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> drip(slow));
            WebhookGateway gateway = new WebhookGateway(new DeliveryProperties(true, Duration.ofSeconds(1)), new Names("127.0.0.1"), SSLContext.getDefault());
            assertThat(send(gateway, "http://" + NAME + ":" + slow.getLocalPort() + "/")).isEqualTo(new Answer(null, "It did not answer within 1 s"));
        }
    }

    /** A byte of a header at a time, each long before any socket loses its patience. */
    private static void drip(ServerSocket slow) {
        try (Socket caller = slow.accept(); OutputStream out = caller.getOutputStream()) {
            caller.setSoTimeout(50);
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            while (!gone(caller)) {
                out.write('x');
            }
        } catch (IOException over) {
            // The caller has had enough.
        }
    }

    /** Known once it says nothing for a moment, or nothing any more. */
    private static boolean gone(Socket caller) throws IOException {
        try {
            return caller.getInputStream().read() < 0;
        } catch (SocketTimeoutException silent) {
            return false;
        }
    }

    private static Answer send(WebhookGateway gateway, String url) {
        return gateway.send(new Dispatch(UUID.randomUUID(), UUID.randomUUID(), url, "{}", 1, List.of("whsec_c2VjcmV0")), Instant.EPOCH);
    }

    /** Of that name alone, and believed by whoever uses it. */
    private static SSLContext certified(Path keys) throws Exception {
        Process made = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "hooks", "-keyalg", "EC", "-dname", "CN=" + NAME, "-ext",
                "san=dns:" + NAME, "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
        assertThat(made.waitFor()).as(new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, PASSWORD);
        KeyStore believed = KeyStore.getInstance("PKCS12");
        believed.load(null, null);
        believed.setCertificateEntry("hooks", store.getCertificate("hooks"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** A name's owner who answers each question with the next address. */
    private static final class Names implements DnsResolver {

        private final Queue<String> left;

        private Names(String... answers) {
            this.left = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return new InetAddress[] {InetAddress.getByAddress(host, InetAddress.getByName(left.remove()).getAddress())};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
