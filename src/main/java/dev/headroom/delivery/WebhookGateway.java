package dev.headroom.delivery;

import dev.headroom.delivery.WebhookDelivery.Answer;
import dev.headroom.delivery.WebhookDelivery.Dispatch;
import dev.headroom.error.HeadroomException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Calls endpoints. Where private addresses are not allowed, an endpoint is looked up before each call, and not called where any of its addresses is one; the call is made
 * right after, by what the JVM remembers of that unless it forgets it in between. No redirect is followed, and of an answer only its status is read.
 */
@Component
class WebhookGateway {

    private static final int LONGEST_URL = 1_000;
    private static final int LAST_PORT = 65_535;

    private final DeliveryProperties properties;
    private final HttpClient client;

    WebhookGateway(DeliveryProperties properties) {
        this.properties = properties;
        this.client = HttpClient.newBuilder().connectTimeout(properties.timeout()).followRedirects(HttpClient.Redirect.NEVER).build();
    }

    /** @throws HeadroomException INVALID_INPUT where it is none that may be called */
    URI required(String field, String url) {
        try {
            URI uri = new URI(url);
            if (!mayBeCalled(uri) || uri.getRawUserInfo() != null || uri.getRawFragment() != null || url.length() > LONGEST_URL) {
                throw HeadroomException.invalid(field, "Expected an address that begins with https://, without a user and a fragment, of at most " + LONGEST_URL + " characters");
            }
            requirePublic(uri);
            return uri;
        } catch (URISyntaxException unreadable) {
            throw HeadroomException.invalid(field, "This is no address");
        } catch (IOException unreachable) {
            throw HeadroomException.invalid(field, Objects.requireNonNullElse(unreachable.getMessage(), "It cannot be called"));
        }
    }

    private void requirePublic(URI uri) throws IOException {
        if (properties.toPrivateAddresses()) {
            return;
        }
        try {
            if (!Stream.of(InetAddress.getAllByName(uri.getHost())).allMatch(PublicAddress::is)) {
                throw new IOException("It leads to an address that is not public");
            }
        } catch (UnknownHostException unknown) {
            throw new IOException("Nobody knows the host " + uri.getHost(), unknown);
        }
    }

    /** The time that a request may take ends with the head of its answer, and nobody reads what may never come after that. */
    private int status(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream _ = response.body()) {
            return response.statusCode();
        }
    }

    private boolean mayBeCalled(URI uri) {
        boolean secure = "https".equals(uri.getScheme()) || properties.toPrivateAddresses() && "http".equals(uri.getScheme());
        return secure && uri.getHost() != null && uri.getPort() <= LAST_PORT && uri.getPort() != 0;
    }

    /** @param at the second that is signed */
    Answer send(Dispatch what, Instant at) {
        try {
            URI uri = URI.create(what.url());
            if (!mayBeCalled(uri)) {
                return new Answer(null, "It is not called any more: its address does not begin with https://");
            }
            requirePublic(uri);
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(properties.timeout())
                    .header("Content-Type", "application/cloudevents+json")
                    .header("webhook-id", what.event().toString())
                    .header("webhook-timestamp", String.valueOf(at.getEpochSecond()))
                    .header("webhook-signature", WebhookSignature.header(what.event().toString(), at, what.body(), what.secrets()))
                    .POST(BodyPublishers.ofString(what.body()))
                    .build();
            int status = status(request);
            Answer answer = new Answer(status, null);
            return answer.taken() ? answer : new Answer(status, "It answered " + status);
        } catch (IOException failed) {
            return new Answer(null, failed.getClass().getSimpleName() + (failed.getMessage() == null ? "" : ": " + failed.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer(null, "Interrupted");
        }
    }
}
