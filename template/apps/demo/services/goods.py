"""What the demo shop sells."""

from decimal import Decimal
from typing import NamedTuple


class Goods(NamedTuple):
    """A product of the demo shop."""

    category: str
    name: str
    price: Decimal
    stock: int
    description: str


def _shelf(category: str, *goods: tuple[str, str, int, str]) -> list[Goods]:
    return [Goods(category, name, Decimal(price), stock, text) for name, price, stock, text in goods]


GOODS = [
    *_shelf(
        "Lighting",
        (
            "Arc floor lamp",
            "189.00",
            12,
            "A long steel arc over a marble foot; lights a table from across the room.",
        ),
        ("Brass desk lamp", "64.50", 40, "Two joints, a heavy base, and a switch that you find in the dark."),
        ("Paper lantern", "18.90", 150, "Rice paper on a bamboo frame, 45 cm across. Folds flat."),
        ("Clip light", "22.00", 80, "Clamps to shelves and headboards up to 4 cm thick."),
        ("Linen pendant", "79.00", 25, "A soft cone of undyed linen, with three metres of cable."),
        ("Camping lantern", "34.90", 60, "Runs for forty hours on a charge, and charges a phone."),
    ),
    *_shelf(
        "Furniture",
        ("Oak bookshelf", "249.00", 9, "Five boards of oiled oak, 180 cm tall; joined without a screw."),
        ("Folding chair", "39.90", 120, "Beech and canvas. Hangs on a hook when nobody sits on it."),
        ("Writing desk", "329.00", 6, "A walnut top, two drawers, and a slot for cables at the back."),
        ("Step stool", "44.00", 35, "Two steps up to the top shelf; also a seat, and a table for plants."),
        ("Coat stand", "89.00", 14, "Eight pegs at three heights, the lowest for children."),
        ("Bedside table", "99.00", 18, "A drawer for what is private, a board for what is being read."),
        ("Bench with storage", "159.00", 11, "Seats three; six pairs of boots fit below."),
    ),
    *_shelf(
        "Kitchen",
        ("Cast iron pan", "59.00", 45, "28 cm, seasoned at the foundry. Outlives its owner."),
        ("Chef's knife", "84.90", 30, "A 20 cm blade of carbon steel, with a handle of plum wood."),
        ("Enamel kettle", "42.00", 50, "1.8 litres. Whistles in two notes."),
        ("Bread tin", "27.50", 70, "Blue steel for a loaf of a kilogram; the lid makes toast square."),
        ("Pepper mill", "31.00", 65, "A ceramic grinder in a body of olive wood."),
        ("Set of six bowls", "48.00", 40, "Stoneware, glazed in six greys. They stack."),
        ("Moka pot", "29.90", 90, "Three cups, aluminium, and a handle that stays cool."),
        ("Dough scraper", "7.90", 200, "The tool that bakers reach for first."),
    ),
    *_shelf(
        "Textiles",
        ("Wool blanket", "119.00", 22, "Woven from new wool, 140 x 200 cm, with a fringe at both ends."),
        ("Linen bed sheet", "139.00", 16, "Washed once, so it is soft from the first night."),
        ("Cotton rug", "69.00", 28, "Hand-woven stripes, 70 x 140 cm. Goes in the washing machine."),
        ("Bath towel", "24.90", 110, "A waffle weave that dries in an hour."),
        ("Tea towel, pair", "14.50", 180, "Half linen, half cotton; leaves no lint on glasses."),
        ("Cushion cover", "21.00", 95, "Corduroy, 50 x 50 cm, with a hidden zip."),
    ),
    *_shelf(
        "Garden",
        ("Watering can", "38.00", 55, "Nine litres of galvanised steel, and a rose of brass."),
        ("Pruning shears", "46.00", 40, "Forged blades; every part can be bought again."),
        ("Terracotta pot", "12.90", 160, "22 cm, with a saucer. Frost-proof to -15 degrees."),
        ("Bird house", "33.00", 34, "Larch, for tits; opens at the side for the spring clean."),
        ("Garden hose, 20 m", "54.90", 26, "Does not kink, and knows it."),
        ("Seed box", "26.00", 48, "Sixteen sorts of vegetables for four square metres."),
    ),
    *_shelf(
        "Stationery",
        ("Dotted notebook", "16.90", 220, "192 pages that lie flat, thread-bound, A5."),
        ("Fountain pen", "58.00", 33, "A steel nib in fine, a converter, and a clip that holds."),
        ("Pencil set", "11.50", 140, "Twelve pencils, 6B to 4H, in a tin."),
        ("Letter opener", "19.00", 44, "A blade of brass, for the few letters that still come."),
        ("Desk calendar", "15.00", 0, "One week a view. Sold out until the new one is printed."),
        ("Ink, bottle green", "13.90", 75, "50 ml, dries in ten seconds, fades in a hundred years."),
        ("Wax seal", "29.00", 20, "A stamp with your initial, and two sticks of red wax."),
    ),
]
"""Enough for two pages of the list."""
