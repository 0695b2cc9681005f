package dev.headroom.guard.samples.quote;

import com.stripe.model.Price;
import com.vaadin.flow.component.html.Span;

/** A quote that speaks Stripe's language, and draws itself. */
public record AsksStripe(Price price, Span shown) {}
