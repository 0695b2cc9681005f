package dev.headroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.catalog.Catalog;
import dev.headroom.exchange.CatalogImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The example in the documents is what the demo vendor would get. */
@HeadroomTest
class CatalogFilePageTest {

    private static final Path PAGE = Path.of("docs/catalog-file.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)(<!-- example -->\n```yaml\n)(.*?)(```\n<!-- end -->)");
    private static final String PRODUCT = "launch-api";

    @Autowired
    Catalog catalog;

    @Autowired
    CatalogImports imports;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void theExampleIsTheDemoVendors() throws IOException {
        String exported = new TransactionTemplate(transactions).execute(taken -> {
            taken.setRollbackOnly();
            CatalogFile file = DemoFiles.catalog();
            file.newProducts().stream().filter(product -> product.key().equals(PRODUCT)).forEach(product -> catalog.create(DemoCatalogs.SELF, product));
            file.newPlans().stream().filter(plan -> plan.product().equals(PRODUCT)).forEach(plan -> catalog.create(DemoCatalogs.SELF, plan));
            file.newAddOns().stream().filter(addOn -> addOn.product().equals(PRODUCT)).forEach(addOn -> catalog.create(DemoCatalogs.SELF, addOn));
            file.newOffers(Instant.parse("2026-03-01T00:00:00Z")).stream().filter(offer -> offer.product().equals(PRODUCT)).forEach(offer -> catalog.create(DemoCatalogs.SELF, offer));
            String yaml = imports.export(DemoCatalogs.SELF, List.of(PRODUCT));
            assertThat(imports.preview(DemoCatalogs.SELF, yaml, Locale.US).agrees()).isTrue();
            return yaml;
        });
        String page = Files.readString(PAGE);
        if (Boolean.getBoolean("headroom.write-docs")) {
            page = EXAMPLE.matcher(page).replaceFirst("$1" + Matcher.quoteReplacement(exported) + "$3");
            Files.writeString(PAGE, page);
        }
        Matcher example = EXAMPLE.matcher(page);
        assertThat(example.find()).isTrue();
        assertThat(example.group(2)).as("run with -Dheadroom.write-docs=true and commit %s", PAGE).isEqualTo(exported);
    }
}
