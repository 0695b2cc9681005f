package dev.headroom.stripe;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Where Stripe's events arrive: stored and answered, worked on afterwards. */
@RestController
class StripeWebhookController {

    static final String PATH = "/webhooks/stripe";

    private final StripeInbox inbox;

    StripeWebhookController(StripeInbox inbox) {
        this.inbox = inbox;
    }

    /** 204 for an event that is stored, now or before; 400 for anything that is not signed by Stripe. */
    @PostMapping(PATH)
    ResponseEntity<Void> receive(@RequestBody String payload, @RequestHeader(name = "Stripe-Signature", defaultValue = "") String signature) {
        return inbox.receive(payload, signature) ? ResponseEntity.noContent().build() : ResponseEntity.badRequest().build();
    }
}
