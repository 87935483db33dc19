using Microsoft.Playwright;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>A page without a mouse: what is to be worked is reached by Tab first.</summary>
public sealed class Keyboard(IPage page)
{
    /// <summary>More than any of these pages has stops: whoever has pressed so often has given up.</summary>
    private const int MostPresses = 60;

    /// <summary>Buttons, links and forms that were worked: what a mouse would have clicked.</summary>
    public int Acts { get; private set; }

    /// <summary>In the place of whatever the field holds.</summary>
    public async Task TypeAsync(ILocator field, string text)
    {
        await TabToAsync(field);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
        Assert.Equal(text, await field.InputValueAsync());
    }

    public async Task ActAsync(ILocator button)
    {
        // Tab passes by what cannot be worked yet.
        await Assertions.Expect(button).ToBeEnabledAsync(new() { Timeout = 60_000 });
        await TabToAsync(button);
        await EnterAsync();
    }

    public async Task TickAsync(ILocator box)
    {
        await TabToAsync(box);
        Acts++;
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(box).ToBeCheckedAsync();
    }

    /// <summary>The browser's own chooser of files, which no page can draw.</summary>
    public async Task ChooseFilesAsync(ILocator button, IEnumerable<string> paths)
    {
        // The browser is asked for its chooser before Tab: a key overtakes that request in a busy page, and what the page answers to
        // Tab says that the request has come.
        var chooser = await page.RunAndWaitForFileChooserAsync(async () =>
        {
            await TabToAsync(button);
            await EnterAsync();
        });
        await chooser.SetFilesAsync(paths);
    }

    /// <summary>Enter where the focus is: sends the form, or works the button.</summary>
    public Task EnterAsync()
    {
        Acts++;
        return page.Keyboard.PressAsync("Enter");
    }

    /// <summary>A grid is one stop for Tab; within it the arrows lead to a row.</summary>
    public async Task MoveToAsync(ILocator grid, ILocator row)
    {
        await TabToAsync(grid);
        for (var presses = 0; presses <= MostPresses; presses++)
        {
            if (await grid.GetAttributeAsync("aria-activedescendant") is { } active && active == await row.GetAttributeAsync("id"))
                return;
            await page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.Fail($"{MostPresses} times ArrowDown do not reach {row}.");
    }

    public async Task TabToAsync(ILocator target, string key = "Tab")
    {
        await target.WaitForAsync();
        for (var presses = 0; presses <= MostPresses; presses++)
        {
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement"))
                return;
            await page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{MostPresses} times {key} do not reach {target}.");
    }
}
