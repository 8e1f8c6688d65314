/** The product families, in the order that numbers them: 1 is AUTOMOTIVE. */
export const FAMILIES = [
  "AUTOMOTIVE",
  "BABY CARE",
  "BEAUTY",
  "BEVERAGES",
  "BOOKS",
  "BREAD/BAKERY",
  "CELEBRATION",
  "CLEANING",
  "DAIRY",
  "DELI",
  "EGGS",
  "FROZEN FOODS",
  "GROCERY I",
  "GROCERY II",
  "HARDWARE",
  "HOME AND KITCHEN I",
  "HOME AND KITCHEN II",
  "HOME APPLIANCES",
  "HOME CARE",
  "LADIESWEAR",
  "LAWN AND GARDEN",
  "LINGERIE",
  "LIQUOR,WINE,BEER",
  "MAGAZINES",
  "MEATS",
  "PERSONAL CARE",
  "PET SUPPLIES",
  "PLAYERS AND ELECTRONICS",
  "POULTRY",
  "PREPARED FOODS",
  "PRODUCE",
  "SCHOOL AND OFFICE SUPPLIES",
  "SEAFOOD",
] as const;

export type Family = (typeof FAMILIES)[number];

/** A family's place in FAMILIES, from 0; -1 when there is no such family. */
export function familyIndex(name: string): number {
  return (FAMILIES as readonly string[]).indexOf(name);
}

/** "LIQUOR,WINE,BEER" is "liquor-wine-beer": what its files are called. */
export function slugOf(family: string): string {
  return family.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

/** The TargetModel that forecasts a family. */
export function artifactOf(family: Family): string {
  return `${slugOf(family)}.tar.gz`;
}
