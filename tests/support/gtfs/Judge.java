import java.nio.file.Path;
import java.time.LocalDate;
import org.mobilitydata.gtfsvalidator.input.CountryCode;
import org.mobilitydata.gtfsvalidator.runner.ApplicationType;
import org.mobilitydata.gtfsvalidator.runner.ValidationRunner;
import org.mobilitydata.gtfsvalidator.runner.ValidationRunnerConfig;
import org.mobilitydata.gtfsvalidator.util.VersionResolver;

/** Judge a.zip folder 2026-11-28: writes report.json and system_errors.json into the folder. */
public class Judge {
    public static void main(String[] arguments) throws Exception {
        ValidationRunnerConfig config = ValidationRunnerConfig.builder()
                .setGtfsSource(Path.of(arguments[0]).toUri())
                .setOutputDirectory(Path.of(arguments[1]))
                .setCountryCode(CountryCode.forStringOrUnknown("BG"))
                .setDateForValidation(LocalDate.parse(arguments[2]))
                .setNumThreads(1)
                .setSkipValidatorUpdate(true)
                .build();
        System.out.println(new ValidationRunner(new VersionResolver(ApplicationType.CLI)).run(config));
        System.exit(0); // threads of its own would keep it alive
    }
}
