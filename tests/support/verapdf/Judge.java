import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Judge 2a,ua1 a.pdf b.pdf: a line for each rule that a file breaks, then how many verdicts were given. */
public class Judge {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        int verdicts = 0;
        for (int at = 1; at < arguments.length; at++) {
            for (String name : arguments[0].split(",")) {
                PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
                try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(arguments[at]), flavour);
                        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                    ValidationResult result = validator.validate(parser);
                    verdicts++;
                    for (TestAssertion broken : result.getTestAssertions()) {
                        if (broken.getStatus() == TestAssertion.Status.FAILED) {
                            System.out.println(new File(arguments[at]).getName() + " " + name + ": "
                                    + broken.getRuleId().getClause() + " " + broken.getMessage());
                        }
                    }
                }
            }
        }
        System.out.println(verdicts + " verdicts");
    }
}
