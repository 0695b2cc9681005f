package dev.headroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.headroom.HeadroomTest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/** How many connections are open, and for how long without a credential; whatever ends one, its place is free once. */
@HeadroomTest
class SocketsTest {

    private static final Duration LONG = Duration.ofHours(1);

    @Autowired
    WebGraphQlHandler graphQl;

    @Autowired
    JsonMapper json;

    private final Map<String, Connection> connections = new HashMap<>();
    private @Nullable Sockets sockets;

    @AfterEach
    void hangUp() {
        connections.values().forEach(connection -> connection.hangUp(CloseStatus.NORMAL));
    }

    @Test
    void whoComesWhenEveryPlaceIsTakenIsTurnedAway() {
        bounded(2, LONG);
        Connection first = new Connection("first").open();
        Connection second = new Connection("second").open();
        Connection third = new Connection("third").open();

        assertThat(third.closed.join()).isEqualTo(CloseStatus.SERVICE_OVERLOAD).extracting(CloseStatus::getCode).isEqualTo(1013);
        assertThat(first.closed).isNotDone();
        assertThat(second.closed).isNotDone();
        assertThat(new Connection("fourth").open().closed).as("who was turned away left no place behind").isDone();
    }

    @Test
    void aPlaceIsFreeOnceWhenItsConnectionEnds() {
        bounded(1, LONG);
        Connection first = new Connection("first").open();
        first.hangUp(CloseStatus.NORMAL);
        first.hangUp(CloseStatus.NORMAL);

        assertThat(new Connection("second").open().closed).isNotDone();
        assertThat(new Connection("third").open().closed).isDone();
    }

    /** As Spring does it with whatever is thrown: the connection is closed, and that is told. */
    @Test
    void aConnectionThatFailsAsItIsOpenedKeepsNoPlace() {
        bounded(1, LONG);
        Connection broken = new Connection("broken");
        broken.fails = true;
        assertThatIllegalStateException().isThrownBy(broken::open);
        broken.close(CloseStatus.SERVER_ERROR);

        assertThat(new Connection("second").open().closed).isNotDone();
        assertThat(new Connection("third").open().closed).isDone();
    }

    @Test
    void whoDoesNotSayWhoItIsIsClosed() {
        bounded(1, Duration.ofMillis(1));

        assertThat(new Connection("silent").open().closed.join().getCode()).isEqualTo(4408);
    }

    @Test
    void aNodeHoldsFiveHundredAndWaitsTenSeconds() {
        assertThat(Sockets.Bounds.OF_A_NODE).isEqualTo(new Sockets.Bounds(500, Duration.ofSeconds(10)));
    }

    private void bounded(int most, Duration untilCredential) {
        sockets = new Sockets(graphQl, json, new Sockets.Bounds(most, untilCredential));
    }

    /** What a server knows of a connection; nobody is at its other end. */
    private final class Connection implements WebSocketSession {

        private final String id;
        private final Map<String, Object> attributes = new HashMap<>();
        private final CompletableFuture<CloseStatus> closed = new CompletableFuture<>();
        private boolean fails;

        Connection(String id) {
            this.id = id;
            connections.put(id, this);
        }

        Connection open() {
            sockets.afterConnectionEstablished(this);
            return this;
        }

        void hangUp(CloseStatus status) {
            sockets.afterConnectionClosed(this, status);
        }

        @Override
        public void close(CloseStatus status) {
            hangUp(status);
            closed.complete(status);
        }

        @Override
        public void close() {
            close(CloseStatus.NORMAL);
        }

        @Override
        public String getId() {
            return id;
        }

        @Override
        public String getAcceptedProtocol() {
            if (fails) {
                throw new IllegalStateException("It broke");
            }
            return "graphql-transport-ws";
        }

        @Override
        public Map<String, Object> getAttributes() {
            return attributes;
        }

        @Override
        public boolean isOpen() {
            return !closed.isDone();
        }

        @Override
        public URI getUri() {
            return URI.create("/graphql");
        }

        @Override
        public HttpHeaders getHandshakeHeaders() {
            return new HttpHeaders();
        }

        @Override
        public @Nullable Principal getPrincipal() {
            return null;
        }

        @Override
        public @Nullable InetSocketAddress getLocalAddress() {
            return null;
        }

        @Override
        public @Nullable InetSocketAddress getRemoteAddress() {
            return null;
        }

        @Override
        public void setTextMessageSizeLimit(int limit) {
            // Nothing is sent.
        }

        @Override
        public int getTextMessageSizeLimit() {
            return 0;
        }

        @Override
        public void setBinaryMessageSizeLimit(int limit) {
            // Nothing is sent.
        }

        @Override
        public int getBinaryMessageSizeLimit() {
            return 0;
        }

        @Override
        public List<WebSocketExtension> getExtensions() {
            return List.of();
        }

        @Override
        public void sendMessage(WebSocketMessage<?> message) {
            // Nobody reads it.
        }
    }
}
