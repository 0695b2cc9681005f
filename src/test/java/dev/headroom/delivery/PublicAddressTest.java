package dev.headroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.delivery.WebhookDelivery.Dispatch;
import dev.headroom.error.HeadroomException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody has Headroom call what only Headroom can reach. */
class PublicAddressTest {

    private final WebhookGateway gateway = new WebhookGateway(new DeliveryProperties(false, Duration.ofSeconds(1)));

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "0.0.0.0", "0.1.2.3", "192.0.0.8",
        "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
        "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "64:ff9b::a00:1", "2002:a00:1::1", "2001:0:1::1", "2001:db8::1", "3fff::1", "::10.0.0.1"})
    void whatIsOfThisMachineItsNetworkOrNobodysIsNotPublic(String address) throws UnknownHostException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.1.0.1", "198.17.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1"})
    void whatEverybodyCanReachIsPublic(String address) throws UnknownHostException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://1.1.1.1/", "https://127.0.0.1/hooks", "https://[::1]/hooks", "https://localhost/hooks", "https://169.254.169.254/latest", "https://2130706433/", "https://ann:secret@1.1.1.1/",
        "https://1.1.1.1/#x", "ftp://1.1.1.1/", "file:///etc/passwd", "https:///hooks", "not an address", ""})
    void whereNothingMayBeSentCannotBeRegistered(String url) {
        assertThatThrownBy(() -> gateway.required("input.url", url)).isInstanceOf(HeadroomException.class);
    }

    @Test
    void whatLeadsThereLaterIsNotCalledEither() {
        WebhookDelivery.Answer answer = gateway.send(
                new Dispatch(UUID.randomUUID(), UUID.randomUUID(), "https://127.0.0.1:1/", "{}", 1, List.of("whsec_c2VjcmV0")), Instant.EPOCH);
        assertThat(answer.failure()).contains("not public");
        assertThat(answer.status()).isNull();
    }

    @Test
    void itSignsAsStandardWebhooksDoes() {
        // The example of the specification's reference libraries.
        assertThat(WebhookSignature.header(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1_614_265_330), "{\"test\": 2432232314}", List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void secretsAreInNoLog() {
        assertThat(new Dispatch(UUID.randomUUID(), UUID.randomUUID(), "https://x", "{}", 1, List.of("whsec_c2VjcmV0")).toString()).doesNotContain("whsec_");
    }
}
