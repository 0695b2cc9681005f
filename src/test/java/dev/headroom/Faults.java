package dev.headroom;

import dev.headroom.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What the sandbox is told to get wrong, over its own door. */
public record Faults(Sandbox sandbox) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /**
     * @param operation of Stripe, such as {@code POST /v1/invoices/*}{@code /pay}
     * @param when      before or after it is done
     * @param times     for how many requests
     */
    public void tell(String operation, String kind, String when, int times) {
        send("POST", "operation=" + URLEncoder.encode(operation, StandardCharsets.UTF_8) + "&kind=" + kind + "&when=" + when + "&times=" + times);
    }

    /** What was told and has not happened does not happen any more. */
    public void heal() {
        send("DELETE", "");
    }

    private void send(String method, String body) {
        HttpRequest request = HttpRequest.newBuilder(sandbox.url().resolve("/_sandbox/faults")).method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + sandbox.secretKey()).header("Content-Type", "application/x-www-form-urlencoded").build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("No fault for " + body + ": " + answer.body());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
