package obshto;

import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Stands before Keycloak's own provider of the sign-in pages. */
public final class MunicipalityFormsFactory extends FreeMarkerLoginFormsProviderFactory {
    @Override
    public LoginFormsProvider create(KeycloakSession session) {
        return new MunicipalityForms(session);
    }

    @Override
    public String getId() {
        return "obshto";
    }

    @Override
    public int order() {
        return 1;
    }
}
