import { basename, dirname, relative, resolve, sep } from "node:path";
import {
  AbstractStartedContainer,
  GenericContainer,
  getContainerRuntimeClient,
  Wait,
} from "testcontainers";
import { type ClientConfig, clientConfigFor, environmentFor } from "../core/client-settings.ts";
import { WavetankError } from "../core/errors.ts";
import { version } from "../version.ts";

const PORT = 4566;
const REGION = "us-east-1";
const ALLOWED_HOSTS = "WAVETANK_ALLOWED_HOSTS";
/** Where templates are copied to. */
const TEMPLATES_FOLDER = "/wavetank-templates";
const STARTUP_TIMEOUT_MS = 120_000;

/** A tank in a container, for tests that use Testcontainers: ready once its templates are deployed. */
export class WavetankContainer extends GenericContainer {
  readonly #templates: string[] = [];

  /** @param image the emulator's image of this package's version when absent */
  constructor(image: string = `wavetank/emulator:${version()}`) {
    super(image);
    // Empty but for templates, where the image by itself plays the sample pipelines.
    this.withCommand(["start"])
      .withExposedPorts(PORT)
      .withWaitStrategy(Wait.forHttp("/_wavetank/health", PORT).forStatusCode(200))
      .withStartupTimeout(STARTUP_TIMEOUT_MS);
  }

  /**
   * Copies a template into the container, with the folder it lies in and all below it, and deploys it at
   * the start. `folder` names a larger folder, for a template that uses files from beside its own.
   * @throws WavetankError ERR_USAGE when the template is not in that folder
   */
  withTemplate(template: string, { folder = dirname(template) } = {}): this {
    const source = resolve(folder);
    const path = relative(source, resolve(template));
    if (path.startsWith("..")) {
      throw new WavetankError("ERR_USAGE", `${template} is not in the folder ${source}.`, {
        hint: "Give a folder that holds the template and every file it uses.",
      });
    }
    // The folder keeps its name: a stack is called after it.
    const target = `${TEMPLATES_FOLDER}/${this.#templates.length + 1}/${basename(source)}`;
    this.withCopyDirectoriesToContainer([{ source, target }]);
    this.#templates.push(`${target}/${path.split(sep).join("/")}`);
    return this.withCommand(["start", ...this.#templates]);
  }

  override async start(): Promise<StartedWavetankContainer> {
    return new StartedWavetankContainer(await super.start());
  }

  /** A tank refuses names that it was not told: those under which this one will be called. */
  protected override async beforeContainerCreated(): Promise<void> {
    const { info } = await getContainerRuntimeClient();
    const given = this.environment[ALLOWED_HOSTS];
    const hosts = [info.containerRuntime.host, ...this.networkAliases, ...(given ? [given] : [])];
    this.withEnvironment({ [ALLOWED_HOSTS]: hosts.join(",") });
  }
}

/** A tank that runs in a container. */
export class StartedWavetankContainer extends AbstractStartedContainer {
  /** The endpoint of every AWS service, as this machine reaches it. */
  getEndpointUrl(): string {
    return `http://${this.getHost()}:${this.getMappedPort(PORT)}`;
  }

  /** For any AWS SDK v3 client: `new KinesisClient(container.getClientConfig())`. */
  getClientConfig(): ClientConfig {
    return clientConfigFor(this.getEndpointUrl(), REGION);
  }

  /** What makes AWS clients without settings of their own use the container. */
  getClientEnvironment(): Record<string, string> {
    return environmentFor(this.getEndpointUrl(), REGION);
  }
}
