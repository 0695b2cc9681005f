package dev.headroom.idempotency;

import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Lets a command with a key take effect once, also when its repetition arrives while the first is still running. */
@Service
public class IdempotencyKeys {

    private static final int LONGEST_KEY = 255;
    private static final int AT_ONCE = 1_000;

    private final IdempotencyRepository requests;
    private final InputHash hash;
    private final IdempotencyProperties properties;
    private final InstantSource clock;

    IdempotencyKeys(IdempotencyRepository requests, InputHash hash, IdempotencyProperties properties, InstantSource clock) {
        this.requests = requests;
        this.hash = hash;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Takes the key in the caller's transaction, waiting for another one that holds it: if that commits, this is a repetition;
     * if it rolls back, this one is the first.
     *
     * @param input  everything that makes two commands the same one
     * @param result the id that the caller will give to what it makes
     * @throws HeadroomException IDEMPOTENCY_KEY_REUSED when the key stands for another input
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Claim claim(Actor actor, String operation, String key, Object input, UUID result) {
        byte[] digest = hash.of(input);
        if (requests.insert(actor.name(), operation, valid(key), digest, result, clock.instant())) {
            return new Claim.First();
        }
        return repeat(requests.find(actor.name(), operation, key).orElseThrow(), digest);
    }

    /** Gives back a key claimed in this transaction, for a command that was refused: nothing took effect under it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void release(Actor actor, String operation, String key) {
        requests.delete(actor.name(), operation, key);
    }

    /** What the key made, if it was used before; takes nothing. */
    public Optional<UUID> resultOf(Actor actor, String operation, String key, Object input) {
        return requests.find(actor.name(), operation, valid(key)).map(request -> repeat(request, hash.of(input)).result());
    }

    /** Deletes what is older than keys are kept, a bounded number in each transaction. */
    void forget() {
        Instant before = clock.instant().minus(properties.kept());
        int forgotten = AT_ONCE;
        while (forgotten == AT_ONCE) {
            forgotten = requests.forget(before, AT_ONCE);
        }
    }

    private static Claim.Repeat repeat(IdempotencyRepository.Request request, byte[] digest) {
        if (!Arrays.equals(request.inputHash(), digest)) {
            throw HeadroomException.of(ErrorCode.IDEMPOTENCY_KEY_REUSED, "input.idempotencyKey",
                    "This idempotency key was already used with another input; use a new key for a new command");
        }
        return new Claim.Repeat(request.result());
    }

    private static String valid(String key) {
        if (key.isBlank() || key.length() > LONGEST_KEY || !Check.storable(key)) {
            throw HeadroomException.invalid("input.idempotencyKey", "An idempotency key has 1 to " + LONGEST_KEY + " characters, none of them NUL");
        }
        return key;
    }
}
