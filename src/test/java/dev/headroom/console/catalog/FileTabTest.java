package dev.headroom.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.upload.Upload;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Product.EditProduct;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A file is chosen, looked at and applied; whoever may not edit the catalogue is not asked for one. */
class FileTabTest extends ConsoleTest {

    @Autowired
    private Catalog catalog;

    private Story story;
    private String key;

    @BeforeEach
    void aKeyOfItsOwn() {
        story = stories.begin();
        key = "tab-" + story.key("x");
    }

    private void choose(String price) {
        find(FileTab.class).single().look("prices.yaml", """
                catalog: 1
                products:
                  - key: $
                    name: Tab
                    plans:
                      - {key: $-plan, name: Plan, rank: 1, prices: [{interval: MONTH, currency: USD, flat: PRICE}]}
                """.replace("$", key).replace("PRICE", price));
    }

    @Test
    void aFileIsLookedAtAndApplied() {
        follow("plans", "tab", "file");
        roundTrip();
        assertThat(find(TabSheet.class).single().getSelectedIndex()).isEqualTo(4);
        assertThat(page()).contains("Download catalog.yaml", "No file to compare");
        assertThat(find(Upload.class).single().getMaxFiles()).isOne();

        choose("100");
        assertThat(page()).contains("Is made", key + "-plan", "It goes on sale at once", "Not in the file, stays as it is");
        press("Apply: 2 changes at once, no draft");
        assertThat(dialog()).contains("All of it is done, or nothing");
        press("Apply:");
        assertThat(page()).contains("Applied: 2 differences are settled.", "No difference: what is sold is as prices.yaml says.");

        choose("200");
        assertThat(page()).contains("Becomes a draft", "$1.00 a month → $2.00 a month");
        press("Apply: no change at once, 1 draft");
        press("Apply:");
        assertThat(page()).contains("Waits in a draft", "waits in drafts to be published");
    }

    @Test
    void whatIsWrongIsShownWhereItStands() {
        follow("plans", "tab", "file");
        roundTrip();
        choose("-5");
        assertThat(page()).contains("prices.yaml cannot be applied", "prices.yaml:6:", "A flat fee cannot be negative", "products[0].plans[0].prices[0].flat")
                .doesNotContain("Apply:");
    }

    @Test
    void whatMovedMeanwhileIsShownInsteadOfApplied() {
        choose();
        catalog.edit(new Actor.System("test"), new EditProduct(key, "Another tab", null));
        press("Apply: no change at once, 1 draft");
        press("Apply:");
        assertThat(page()).contains("Nothing was done", "\"Another tab\" → \"Tab\"");
    }

    private void choose() {
        follow("plans", "tab", "file");
        roundTrip();
        choose("100");
        press("Apply: 2 changes at once, no draft");
        press("Apply:");
        choose("300");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotEditIsNotAskedForAFile() {
        follow("plans", "tab", "file");
        assertThat(page()).doesNotContain("As a file");
        assertThat(find(FileTab.class).all()).isEmpty();
    }
}
