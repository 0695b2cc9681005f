package dev.headroom.console.catalog;

import dev.headroom.console.SignedIn;
import dev.headroom.sale.SaleDrafts;
import dev.headroom.sale.SaleLooks;
import dev.headroom.sale.SalePublications;
import org.springframework.stereotype.Component;

/** What preparing an offer or a bundle and putting it live asks for. */
@Component
record SaleServices(SignedIn signedIn, SaleDrafts drafts, SaleLooks looks, SalePublications publications, ReachServices reach) {}
