package dev.headroom.delivery;

import dev.headroom.delivery.WebhookDelivery.Answer;
import dev.headroom.delivery.WebhookDelivery.Dispatch;
import dev.headroom.error.HeadroomException;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Calls endpoints. Where private addresses are not allowed, a connection is only made to addresses that were looked at: the look-up that is checked is the one that is
 * connected to, so that no second answer of the name's owner can lead elsewhere, and the certificate is still held against the name. Each call has a connection of its own
 * and a time until which it is done. No redirect is followed, and of an answer only its status is read.
 */
@Component
class WebhookGateway {

    private static final int LONGEST_URL = 1_000;
    private static final int LAST_PORT = 65_535;
    /** As many as there can be endpoints, each with as many events as are sent to it at once. */
    private static final int MOST_CONNECTIONS = 400;
    private static final int MOST_TO_ONE = 20;
    private static final ContentType CLOUD_EVENT = ContentType.create("application/cloudevents+json", "UTF-8");

    private final DeliveryProperties properties;
    private final DnsResolver names;
    private final CloseableHttpClient client;

    @Autowired
    WebhookGateway(DeliveryProperties properties) {
        this(properties, SystemDefaultDnsResolver.INSTANCE, SSLContexts.createSystemDefault());
    }

    /** @param names tells which addresses a name has @param trusted whose certificates are believed */
    WebhookGateway(DeliveryProperties properties, DnsResolver names, SSLContext trusted) {
        this.properties = properties;
        this.names = new Checked(names, properties.toPrivateAddresses());
        Timeout patience = Timeout.of(properties.timeout());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(this.names)
                        .setTlsSocketStrategy(ClientTlsStrategyBuilder.create().setSslContext(trusted).buildClassic())
                        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(patience).setSocketTimeout(patience).build())
                        .setMaxConnTotal(MOST_CONNECTIONS).setMaxConnPerRoute(MOST_TO_ONE)
                        .build())
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setUserAgent("Headroom")
                .disableRedirectHandling().disableAutomaticRetries().disableCookieManagement().disableAuthCaching().disableContentCompression()
                .build();
    }

    /** Gives out addresses that may be called, or none at all. */
    private record Checked(DnsResolver names, boolean toPrivateAddresses) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] found = names.resolve(host);
            if (!toPrivateAddresses && !Stream.of(found).allMatch(PublicAddress::is)) {
                throw new UnknownHostException("It leads to an address that is not public");
            }
            return found;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** @throws HeadroomException INVALID_INPUT where it is none that may be called */
    URI required(String field, String url) {
        try {
            URI uri = new URI(url);
            if (!mayBeCalled(uri) || uri.getRawUserInfo() != null || uri.getRawFragment() != null || url.length() > LONGEST_URL) {
                throw HeadroomException.invalid(field, "Expected an address that begins with https://, without a user and a fragment, of at most " + LONGEST_URL + " characters");
            }
            if (!properties.toPrivateAddresses()) {
                names.resolve(uri.getHost());
            }
            return uri;
        } catch (URISyntaxException unreadable) {
            throw HeadroomException.invalid(field, "This is no address");
        } catch (UnknownHostException unknown) {
            throw HeadroomException.invalid(field, "It cannot be called: " + Objects.requireNonNullElse(unknown.getMessage(), "nobody knows its host"));
        }
    }

    private boolean mayBeCalled(URI uri) {
        boolean secure = "https".equals(uri.getScheme()) || properties.toPrivateAddresses() && "http".equals(uri.getScheme());
        return secure && uri.getHost() != null && uri.getPort() <= LAST_PORT && uri.getPort() != 0;
    }

    /** @param at the second that is signed */
    Answer send(Dispatch what, Instant at) {
        URI uri = URI.create(what.url());
        if (!mayBeCalled(uri)) {
            return new Answer(null, "It is not called any more: its address does not begin with https://");
        }
        HttpPost request = new HttpPost(uri);
        request.setHeader("webhook-id", what.event().toString());
        request.setHeader("webhook-timestamp", String.valueOf(at.getEpochSecond()));
        request.setHeader("webhook-signature", WebhookSignature.header(what.event().toString(), at, what.body(), what.secrets()));
        request.setEntity(new StringEntity(what.body(), CLOUD_EVENT));
        try {
            int status = status(request);
            return new Answer(status, status / 100 == 2 ? null : "It answered " + status);
        } catch (IOException failed) {
            return new Answer(null, request.isCancelled() ? "It did not answer within " + properties.timeout().toSeconds() + " s" : reason(failed));
        }
    }

    /** Whoever sends a little now and then is cut off as well: the time is that of the whole call, and ends with the head of its answer. */
    private int status(HttpPost request) throws IOException {
        CompletableFuture.delayedExecutor(properties.timeout().toMillis(), TimeUnit.MILLISECONDS).execute(request::cancel);
        ClassicHttpResponse answer = client.executeOpen(null, request, null);
        // What follows the head may never end, and whoever closes an answer reads it to its end unless it was given up before.
        request.cancel();
        Closer.closeQuietly(answer);
        return answer.getCode();
    }

    private static String reason(IOException failed) {
        return failed.getClass().getSimpleName() + (failed.getMessage() == null ? "" : ": " + failed.getMessage());
    }

    @PreDestroy
    void close() throws IOException {
        client.close();
    }
}
