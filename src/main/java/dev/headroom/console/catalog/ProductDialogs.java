package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CreateProduct;
import dev.headroom.catalog.CreateProduct.ProductCreated;
import dev.headroom.catalog.CreateProduct.ProductKeyTaken;
import dev.headroom.catalog.Product;
import dev.headroom.catalog.Product.EditProduct;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** Asks what a product is called, new or not; its features and plans come after it. */
@Service
class ProductDialogs {

    /** What can be begun on the page of plans. */
    static final String MAKE = "product";

    private final SignedIn signedIn;
    private final Catalog catalog;

    ProductDialogs(SignedIn signedIn, Catalog catalog) {
        this.signedIn = signedIn;
        this.catalog = catalog;
    }

    boolean may() {
        return signedIn.may(Permission.CATALOG);
    }

    /** @param made told of the product that there is then */
    void make(Consumer<Product> made) {
        if (!may()) {
            return;
        }
        // Of the dialog and not of the click: however often it is pressed, one product is made.
        String once = Ids.next().toString();
        TextField name = name("");
        TextField key = new TextField(translate("draft.key"));
        key.setHelperText(translate("draft.key.hint"));
        TextArea description = description("");
        new FormDialog(translate("product.new"), translate("product.make"),
                () -> made.accept(made(new CreateProduct(once, key.getValue().strip(), name.getValue().strip(), description.getValue().strip(), List.of()))), name, key, description)
                .with("input.name", name).with("input.key", key).with("input.description", description).open();
    }

    private Product made(CreateProduct command) {
        return switch (catalog.create(signedIn.actor(), command)) {
            case ProductCreated(Product product) -> product;
            case ProductKeyTaken(Product other) -> throw HeadroomException.invalid("input.key", translate("product.key.taken", other.name()));
        };
    }

    void edit(Product product, Runnable changed) {
        TextField name = name(product.name());
        TextArea description = description(product.description());
        TextField key = new TextField(translate("draft.key"));
        key.setValue(product.key());
        key.setReadOnly(true);
        key.setHelperText(translate("product.key.stays"));
        new FormDialog(translate("product.edit.of", product.name()), translate("product.save"), () -> {
            catalog.edit(signedIn.actor(), new EditProduct(product.key(), name.getValue().strip(), description.getValue().strip()));
            changed.run();
        }, name, key, description).with("input.name", name).with("input.description", description).open();
    }

    private static TextField name(String now) {
        TextField name = new TextField(translate("product.called"));
        name.setValue(now);
        name.setHelperText(translate("product.called.hint"));
        name.setRequiredIndicatorVisible(true);
        return name;
    }

    private static TextArea description(String now) {
        TextArea description = new TextArea(translate("product.description"));
        description.setValue(now);
        return description;
    }
}
