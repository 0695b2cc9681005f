package dev.headroom.sale;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How offers and bundles may be put live.
 *
 * @param direct whether createOffer, endOffer, createBundle and endBundle do so without anybody having looked; for whoever has programs from before that was asked for
 */
@ConfigurationProperties("headroom.sale")
record SaleProperties(@DefaultValue("false") boolean direct) {}
