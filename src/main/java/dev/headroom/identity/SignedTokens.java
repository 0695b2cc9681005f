package dev.headroom.identity;

import dev.headroom.id.Ids;
import dev.headroom.identity.SigningKey.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads tokens {@code <prefix>.<key>.<claims>.<signature>}: HMAC-SHA256 over everything before the last dot. */
@Service
public class SignedTokens {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SigningKeys keys;
    private final JsonMapper json;

    SignedTokens(SigningKeys keys, JsonMapper json) {
        this.keys = keys;
        this.json = json;
    }

    /** @param prefix what tokens of this sort begin with; one of another sort is none */
    public String write(Purpose purpose, String prefix, Record claims) {
        SigningKey key = keys.current(purpose);
        String signed = prefix + "." + key.id() + "." + ENCODER.encodeToString(json.writeValueAsBytes(claims));
        return signed + "." + ENCODER.encodeToString(key.sign(bytes(signed)));
    }

    /** Empty for anything that we did not sign, or signed with a key that is retired. */
    public <T extends Record> Optional<T> read(Purpose purpose, String prefix, String token, Class<T> claims) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals(prefix)) {
            return Optional.empty();
        }
        String signed = token.substring(0, token.lastIndexOf('.'));
        return Ids.parse(parts[1])
                .flatMap(id -> keys.named(purpose, id))
                .filter(key -> holds(key, signed, parts[3]))
                .map(_ -> claims(parts[2], claims));
    }

    private static boolean holds(SigningKey key, String signed, String signature) {
        try {
            return MessageDigest.isEqual(key.sign(bytes(signed)), Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private <T> T claims(String encoded, Class<T> type) {
        try {
            return json.readValue(Base64.getUrlDecoder().decode(encoded), type);
        } catch (JacksonException impossible) {
            throw new IllegalStateException("A token that we signed cannot be read", impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
