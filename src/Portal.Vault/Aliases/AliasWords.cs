namespace Portal.Vault.Aliases;

/// <summary>Short words that are easily read out: two of them make 65,536 names.</summary>
internal static class AliasWords
{
    public static readonly string[] All =
        """
        acorn agate alder almond amber anchor apple apricot april arbor arch arrow ash aspen atlas aurora autumn azure bamboo barley basil
        bay beach beacon beech bell berry birch bird bloom blue boat bold bonsai breeze brick bridge bright bronze brook bud cabin cactus
        calm camel candle canoe canyon cape carbon cedar cello chalk charm cherry chess cider citrus clay clear cliff cloud clover coast
        cobalt cocoa comet cool copper coral cosy cotton cove crane creek crest crisp crystal cube curl cypress daisy dale dawn deer delta
        desert dew dove drift drum dune eagle early earth east echo elm ember emerald even falcon fawn feather fern field fig finch fir
        fjord flame flax fleet flint flute foam forest forge fossil fox fresh frost garden garnet gentle ginger glade glass glen globe
        gold goose grain granite grape grass green grove gull harbour harp hazel heath heron hill holly honey horizon husky indigo inlet
        iris iron island ivory ivy jade jasmine jolly juniper kayak kelp kestrel kind kite lagoon lake lamp lantern larch lark laurel lava
        leaf lemon light lilac lily lime linen lively lotus lucky lunar lynx maple marble marsh meadow mellow melon merry mild mint mist
        moon moss mountain myrtle nectar night noble north nutmeg oak oasis oat ocean olive onyx opal orange orchard orchid otter owl palm
        paper peach pearl pebble pepper pine planet plum polar pond poplar poppy prairie quartz quiet quill rain raven reed reef ridge
        river robin rose ruby sage sail salmon sand satin silver sky snow solar spruce star stone summer sun
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
