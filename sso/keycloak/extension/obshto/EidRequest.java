package obshto;

import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.keycloak.Config;
import org.keycloak.dom.saml.v2.protocol.AuthnRequestType;
import org.keycloak.dom.saml.v2.protocol.ExtensionsType;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.OrganizationModel;
import org.keycloak.protocol.saml.preprocessor.SamlAuthenticationPreprocessor;
import org.keycloak.saml.SamlProtocolExtensionsAwareBuilder.NodeGenerator;
import org.keycloak.saml.common.exceptions.ProcessingException;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.utils.KeycloakSessionUtil;

/** Says to the national sign-in for which service of which municipality somebody comes, and how surely. */
public final class EidRequest implements SamlAuthenticationPreprocessor {
    static final String ALIAS = "eauth";
    static final String ATTRIBUTES = "urn:egov:bg:eauth:2.0:attributes:";
    private static final String NAMESPACE = "urn:bg:egov:eauth:2.0:saml:ext";
    private static final String PREFIX = "egovbga";
    private static final String URI = "urn:oasis:names:tc:saml2:2.0:attrname-format:uri";
    private static final List<String> ASKED = List.of("personIdentifier", "personName");

    @Override
    public AuthnRequestType beforeSendingLoginRequest(AuthnRequestType request, AuthenticationSessionModel current) {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        IdentityProviderModel eid = session.identityProviders().getByAlias(ALIAS);
        // Every SAML provider of the realm comes by here.
        if (eid == null || request.getDestination() == null
                || !request.getDestination().toString().equals(eid.getConfig().get("singleSignOnServiceUrl"))) {
            return request;
        }
        ExtensionsType extensions = request.getExtensions() == null ? new ExtensionsType() : request.getExtensions();
        extensions.addExtension(service(eid.getConfig(), Municipality.of(session, current)));
        extensions.addExtension(attributes());
        request.setExtensions(extensions);
        return request;
    }

    private static NodeGenerator service(Map<String, String> config, OrganizationModel municipality) {
        return writer -> element(writer, "RequestedService", true, () -> {
            text(writer, "Service", ofPlace(municipality, "eid_service", config.get("eidService")));
            text(writer, "Provider", ofPlace(municipality, "eid_provider", config.get("eidProvider")));
            text(writer, "LevelOfAssurance", config.get("eidLevel"));
        });
    }

    private static NodeGenerator attributes() {
        return writer -> element(writer, "RequestedAttributes", true, () -> {
            for (String name : ASKED) {
                element(writer, "RequestedAttribute", false, () -> {
                    writer.writeAttribute("FriendlyName", name);
                    writer.writeAttribute("Name", ATTRIBUTES + name);
                    writer.writeAttribute("NameFormat", URI);
                    writer.writeAttribute("isRequired", "true");
                    text(writer, "AttributeValue", ATTRIBUTES + name);
                });
            }
        });
    }

    /** A municipality may have numbers of its own in the register of the state. */
    private static String ofPlace(OrganizationModel municipality, String name, String otherwise) {
        List<String> own = municipality == null ? null : municipality.getAttributes().get(name);
        return own == null || own.isEmpty() ? otherwise : own.get(0);
    }

    private interface Inside {
        void write() throws XMLStreamException;
    }

    private static void text(XMLStreamWriter writer, String name, String said) {
        element(writer, name, false, () -> writer.writeCharacters(said == null ? "" : said));
    }

    private static void element(XMLStreamWriter writer, String name, boolean isFirst, Inside inside) {
        try {
            writer.writeStartElement(PREFIX, name, NAMESPACE);
            if (isFirst) {
                writer.writeNamespace(PREFIX, NAMESPACE);
            }
            inside.write();
            writer.writeEndElement();
        } catch (XMLStreamException error) {
            throw new IllegalStateException(error);
        }
    }

    @Override
    public SamlAuthenticationPreprocessor create(KeycloakSession session) {
        return this;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "obshto-eid-request";
    }
}
