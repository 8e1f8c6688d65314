/** How many instances an endpoint had, and when. */
export interface Sighting {
  /** Epoch ms. */
  readonly at: number;
  readonly instances: number;
}

const EVERY_MS = 1_000;

/** Looks at an endpoint's variant once a second until it is stopped. */
export class InstanceWatch {
  readonly sightings: Sighting[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(url: string, { name, variant }: { name: string; variant: string }) {
    this.#timer = setInterval(() => {
      // A missed look leaves a gap in the chart and nothing else.
      void this.#look(url, { name, variant }).catch(() => undefined);
    }, EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(url: string, { name, variant }: { name: string; variant: string }): Promise<void> {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "SageMaker.DescribeEndpoint",
      },
      body: JSON.stringify({ EndpointName: name }),
    });
    const { ProductionVariants = [] } = (await answer.json()) as {
      ProductionVariants?: { VariantName: string; CurrentInstanceCount?: number }[];
    };
    const instances = ProductionVariants.find(({ VariantName }) => VariantName === variant);
    if (instances?.CurrentInstanceCount === undefined) return;
    this.sightings.push({ at: Date.now(), instances: instances.CurrentInstanceCount });
  }
}
