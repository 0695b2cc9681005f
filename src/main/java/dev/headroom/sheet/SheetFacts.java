package dev.headroom.sheet;

import java.util.Currency;
import java.util.Map;
import java.util.Set;

/**
 * What is already there and decides whether a sheet is right.
 *
 * @param addOn      whether it is of an add-on
 * @param features   those of the product, by key
 * @param currencies in which other plans of the product are sold
 * @param keyTaken   whether something else is sold under its key
 */
public record SheetFacts(boolean addOn, Map<String, KnownFeature> features, Set<Currency> currencies, boolean keyTaken) {

    public SheetFacts {
        features = Map.copyOf(features);
        currencies = Set.copyOf(currencies);
    }

    /**
     * @param counted whether there is an amount of it
     * @param setting whether it is a value
     * @param seats   whether members hold it
     */
    public record KnownFeature(boolean counted, boolean setting, boolean seats) {}
}
